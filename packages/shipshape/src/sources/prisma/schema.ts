// A Prisma schema as its text has it: blocks, fields, attributes, each with its line.
import type { Origin } from '../../catalog/index.ts';

/** One file of a schema. */
export interface SchemaFile {
  /** Relative to the project. */
  readonly file: string;
  readonly text: string;
}

export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Argument[] };

export interface Argument {
  /** `fields` of `fields: [authorId]`; null where it is known by its place. */
  readonly name: string | null;
  readonly value: Value;
}

/** `@map("…")` is `map`, `@db.VarChar(32)` is `db.VarChar`, `@@index([…])` is `index`. */
export interface Attribute {
  readonly name: string;
  readonly arguments: readonly Argument[];
  /** As it is written. */
  readonly text: string;
  readonly origin: Origin;
}

export interface Field {
  readonly name: string;
  /** `Int`, `Post`, `Unsupported("point")`; of an enum's value empty. */
  readonly type: string;
  readonly arity: 'required' | 'optional' | 'list';
  readonly attributes: readonly Attribute[];
  readonly origin: Origin;
}

/** `provider = "postgresql"` of a datasource or generator, with where it stands in its file. */
export interface Setting {
  readonly name: string;
  readonly value: Value;
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

export interface Block {
  readonly keyword: string;
  readonly name: string;
  readonly fields: readonly Field[];
  /** Those with two signs: `@@map`, `@@index`. */
  readonly attributes: readonly Attribute[];
  readonly settings: readonly Setting[];
  /** Where the whole of it stands in its file. */
  readonly start: number;
  readonly end: number;
  readonly origin: Origin;
}

export function findAttribute(
  { attributes }: { readonly attributes: readonly Attribute[] },
  name: string,
): Attribute | null {
  return attributes.find((each) => each.name === name) ?? null;
}

/** The argument of this name, or the first that has none where `unnamed` says that it may be meant. */
export function findArgument(
  { arguments: given }: { readonly arguments: readonly Argument[] },
  name: string,
  unnamed = false,
): Value | null {
  const named = given.find((each) => each.name === name);
  return (named ?? (unnamed ? given.find((each) => each.name === null) : undefined))?.value ?? null;
}

/** The text of a string; null for anything else. */
export function textOf(value: Value | null): string | null {
  return value?.kind === 'text' ? value.text : null;
}

/** The names in a list of fields: `[a, b(sort: Desc)]` gives `a` and `b`. */
export function namesOf(value: Value | null): readonly string[] {
  const items = value === null ? [] : value.kind === 'list' ? value.items : [value];
  return items.map((item) => {
    if (item.kind === 'call') return item.name;
    return item.kind === 'list' ? '' : item.text;
  });
}

/** What the database calls it: what `@map` or `@@map` says, else its own name. */
export function mappedName(thing: {
  readonly name: string;
  readonly attributes: readonly Attribute[];
}): string {
  const map = findAttribute(thing, 'map');
  return (map === null ? null : textOf(findArgument(map, 'name', true))) ?? thing.name;
}

/** What `@@schema` says; null where the connection decides. */
export function namedSchema(block: Block): string | null {
  const schema = findAttribute(block, 'schema');
  return schema === null ? null : textOf(findArgument(schema, 'map', true));
}
