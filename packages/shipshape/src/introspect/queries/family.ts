// Family: facts of one form, and the query that gives them.
import type { Dialect } from './dialect.ts';

/** One fact of the catalogue. What stands where, its family tells; in most families `a` is JSON, and all. */
export interface FactRow {
  readonly family: string;
  /** An oid, of what the fact is about. */
  readonly of: string | null;
  readonly a: string | null;
  readonly b: string | null;
  readonly c: string | null;
  readonly d: string | null;
  readonly e: string | null;
  readonly f: string | null;
  readonly g: boolean | null;
}

/** A condition as SQL: whether the thing with this oid is among those that are read. Relations are chosen in `ours.ts`. */
export type Among = (oid: string) => string;

export const amongAll: Among = () => 'true';
/** $3: oids. */
export const amongTouched: Among = (oid) => `${oid} = ANY ($3::oid[])`;

export interface Family<Row> {
  readonly name: string;
  /** A SELECT that gives the columns of a FactRow; one that starts from the common tables of `ours.ts`. */
  readonly sql: (dialect: Dialect, among?: Among) => string;
  readonly parse: (row: FactRow) => Row;
}

const letters = ['of', 'a', 'b', 'c', 'd', 'e', 'f'] as const;

export function plainFacts(families: readonly Family<unknown>[], dialect: Dialect): string {
  return families.map((each) => each.sql(dialect)).join('\n  UNION ALL');
}

/**
 * All facts as one row, each column a JSON list. To take thousands of rows apart costs a process that has just begun twice as
 * much as to parse them as JSON; the server has more to do.
 */
export function packFacts(families: readonly Family<unknown>[], dialect: Dialect): string {
  const lists = ['family', ...letters, 'g'].map((column) => `json_agg(x.${column})::text AS ${column}`);
  return `
  SELECT ${lists.join(', ')}
    FROM (${plainFacts(families, dialect)}) AS x`;
}

/** Many facts: of each column a JSON list with one entry a fact, or null where there are none. */
export type PackedFacts = { readonly [Column in keyof FactRow]: string | null };

export function unpackFacts([packed]: readonly PackedFacts[]): readonly FactRow[] {
  if (packed === undefined) return [];
  const [of, a, b, c, d, e, f] = letters.map((letter) => listIn<string>(packed[letter]));
  const g = listIn<boolean>(packed.g);
  return listIn<string>(packed.family).map((family, at) => ({
    family: family as string,
    of: of?.[at] ?? null,
    a: a?.[at] ?? null,
    b: b?.[at] ?? null,
    c: c?.[at] ?? null,
    d: d?.[at] ?? null,
    e: e?.[at] ?? null,
    f: f?.[at] ?? null,
    g: g[at] ?? null,
  }));
}

function listIn<Value>(text: string | null): readonly (Value | null)[] {
  return text === null ? [] : (JSON.parse(text) as readonly (Value | null)[]);
}

/** `fields` and `from` are SQL: the arguments of json_build_object, and all from FROM on. */
export function family<Row>(
  name: string,
  parts: (dialect: Dialect, among: Among) => { readonly fields: string; readonly from: string },
): Family<Row> {
  return {
    name,
    sql: (dialect, among = amongAll) => {
      const { fields, from } = parts(dialect, among);
      return select(name, { a: `json_build_object(${fields})` }, from);
    },
    parse: ({ a }) => JSON.parse(a as string) as Row,
  };
}

/** For what there is most of: columns as SQL, which cost a third less than JSON, on both sides. */
export function plainFamily<Row>(
  name: string,
  parts: (dialect: Dialect) => {
    readonly columns: Partial<Record<keyof Omit<FactRow, 'family'>, string>>;
    readonly from: string;
  },
  parse: (row: FactRow) => Row,
): Family<Row> {
  return {
    name,
    sql: (dialect) => {
      const { columns, from } = parts(dialect);
      return select(name, columns, from);
    },
    parse,
  };
}

function select(
  name: string,
  columns: Partial<Record<keyof Omit<FactRow, 'family'>, string>>,
  from: string,
): string {
  const texts = letters.map((letter) => `(${columns[letter] ?? 'NULL'})::text AS ${letter}`);
  return `
  SELECT '${name}' AS family, ${texts.join(', ')}, ${columns.g ?? 'NULL::boolean'} AS g
    ${from.trim()}`;
}
