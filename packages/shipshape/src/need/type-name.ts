// parseTypeName: the name in a type as it is printed, for looking it up.

export interface TypeName {
  /** Left out where the type has none, so that the search path decides. */
  readonly schema?: string;
  readonly name: string;
  readonly unqualified: boolean;
}

/** `public.mood`, `mood`, `"Odd"."Type.name"`; null for what is no plain name: `numeric(10,2)`, `text[]`. */
export function parseTypeName(type: string): TypeName | null {
  const names = /^(?:(?:"((?:[^"]|"")+)"|([^".]+))\.)?(?:"((?:[^"]|"")+)"|([^".()[\]]+))$/.exec(type);
  if (names === null) return null;
  const schema = names[1]?.replaceAll('""', '"') ?? names[2];
  const name = names[3]?.replaceAll('""', '"') ?? names[4] ?? type;
  return schema === undefined ? { name, unqualified: true } : { schema, name, unqualified: false };
}

const schemaPrefix = /^(?:"(?:[^"]|"")+"|[^".(]+)\.(?=["\p{L}_])/u;

/** `public.vector(3)` as `vector(3)`. */
export function withoutSchema(type: string): string {
  return type.replace(schemaPrefix, '');
}
