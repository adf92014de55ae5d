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

/** All facts of a family: of each letter a JSON list with one entry a fact, or null where none of them has anything there. */
export type PackedFacts = { readonly [Letter in keyof FactRow]: string | null };

/** A condition as SQL: whether the thing with this oid is among those that are read. Relations are chosen in `ours.ts`. */
export type Among = (oid: string) => string;

export const amongAll: Among = () => 'true';
/** $3: oids. */
export const amongTouched: Among = (oid) => `${oid} = ANY ($3::oid[])`;

export interface Family<Row> {
  readonly name: string;
  /** A SELECT that gives the columns of a FactRow; one that starts from the common tables of `ours.ts`. */
  readonly sql: (dialect: Dialect, among?: Among) => string;
  /** A SELECT that gives all of them as one row, PackedFacts. */
  readonly packed: (dialect: Dialect) => string;
  readonly parse: (row: FactRow) => Row;
}

type Columns = Partial<Record<keyof Omit<FactRow, 'family'>, string>>;

const letters = ['of', 'a', 'b', 'c', 'd', 'e', 'f'] as const;

/**
 * Facts of several families in a row each: to take a thousand rows apart costs a client twice as much as to parse them as
 * JSON. Sorted, so that the server is done with all of them before it sends the first: it would stand still where nobody
 * reads, as while models are loaded.
 */
export function packFacts(families: readonly Family<unknown>[], dialect: Dialect): string {
  return `${families.map((each) => each.packed(dialect)).join('\n  UNION ALL')}\n ORDER BY family`;
}

export function unpackFacts(packed: readonly PackedFacts[]): readonly FactRow[] {
  const facts: FactRow[] = [];
  for (const row of packed) {
    const { family } = row;
    const [of, a, b, c, d, e, f] = letters.map((letter) => listIn<string>(row[letter]));
    const g = listIn<boolean>(row.g);
    const count = Math.max(...[of, a, b, c, d, e, f, g].map((list) => list?.length ?? 0));
    for (let at = 0; at < count; at += 1)
      facts.push({
        family: family as string,
        of: of?.[at] ?? null,
        a: a?.[at] ?? null,
        b: b?.[at] ?? null,
        c: c?.[at] ?? null,
        d: d?.[at] ?? null,
        e: e?.[at] ?? null,
        f: f?.[at] ?? null,
        g: g?.[at] ?? null,
      });
  }
  return facts;
}

function listIn<Value>(text: string | null): readonly (Value | null)[] | null {
  return text === null ? null : (JSON.parse(text) as readonly (Value | null)[]);
}

/** `fields` and `from` are SQL: the arguments of json_build_object, and all from FROM on. */
export function family<Row>(
  name: string,
  parts: (dialect: Dialect, among: Among) => { readonly fields: string; readonly from: string },
): Family<Row> {
  const columns = (fields: string): Columns => ({ a: `json_build_object(${fields})` });
  return {
    name,
    sql: (dialect, among = amongAll) => {
      const { fields, from } = parts(dialect, among);
      return select(name, columns(fields), from);
    },
    packed: (dialect) => {
      const { fields, from } = parts(dialect, amongAll);
      return selectPacked(name, columns(fields), from);
    },
    parse: ({ a }) => JSON.parse(a as string) as Row,
  };
}

/** For what there is most of: columns as SQL, which cost a third less than JSON, on both sides. */
export function plainFamily<Row>(
  name: string,
  parts: (dialect: Dialect) => { readonly columns: Columns; readonly from: string },
  parse: (row: FactRow) => Row,
): Family<Row> {
  return {
    name,
    sql: (dialect) => {
      const { columns, from } = parts(dialect);
      return select(name, columns, from);
    },
    packed: (dialect) => {
      const { columns, from } = parts(dialect);
      return selectPacked(name, columns, from);
    },
    parse,
  };
}

function select(name: string, columns: Columns, from: string): string {
  const texts = letters.map((letter) => `(${columns[letter] ?? 'NULL'})::text AS ${letter}`);
  return `
  SELECT '${name}' AS family, ${texts.join(', ')}, ${columns.g ?? 'NULL::boolean'} AS g
    ${from.trim()}`;
}

function selectPacked(name: string, columns: Columns, from: string): string {
  const all = [...letters, 'g'] as const;
  const own = all.flatMap((letter) => {
    const sql = columns[letter];
    return sql === undefined ? [] : [`${letter === 'g' ? sql : `(${sql})::text`} AS ${letter}`];
  });
  const lists = all.map((letter) =>
    columns[letter] === undefined ? `NULL::text AS ${letter}` : `json_agg(x.${letter})::text AS ${letter}`,
  );
  return `
  SELECT '${name}' AS family, ${lists.join(', ')}
    FROM (SELECT ${own.join(', ')}
    ${from.trim()}) AS x`;
}
