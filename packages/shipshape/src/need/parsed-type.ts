// parseType: a printed type taken apart.

export interface ParsedType {
  /** Without modifiers: `character varying`, `timestamp with time zone`, `call_status`. */
  readonly name: string;
  /** `numeric(10,2)` gives 10 and 2. */
  readonly modifiers: readonly number[];
  readonly array: boolean;
}

/** Takes what `format_type` prints; anything else is a name without modifiers. */
export function parseType(type: string): ParsedType {
  const match = /^(.*?)(?:\(([\d,-]+)\))?( with(?:out)? time zone)?(\[\])?$/.exec(type);
  if (match === null) return { name: type, modifiers: [], array: false };
  const [, name = '', modifiers, zone = '', brackets] = match;
  return {
    name: `${name}${zone}`,
    modifiers: modifiers === undefined ? [] : modifiers.split(',').map(Number),
    array: brackets !== undefined,
  };
}
