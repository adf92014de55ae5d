// The key of a backfill: the column by whose order a table is gone through, part by part.
import { quoteIdentifier, quoteQualified } from '../../catalog/index.ts';
import type { Session } from '../../postgres/session.ts';
import type { Backfill } from '../header.ts';
import type { Problem } from './refuse-backfill.ts';

export interface Key {
  /** As SQL. */
  readonly table: string;
  /** As SQL. */
  readonly column: string;
  /** No two rows have the same: a batch is as large as it is asked to be. */
  readonly unique: boolean;
}

/** Or what is wrong with it. `table` is looked up as the statement's own would be. */
export async function readKey(session: Session, { table, key }: Backfill): Promise<Key | Problem> {
  const { rows } = await session.query<Row>(
    `SELECT n.nspname AS schema, c.relname AS "table", c.relkind::text AS kind, a.attname AS "column", a.attnotnull AS "notNull",
       EXISTS (SELECT ${ordered}) AS ordered,
       EXISTS (SELECT ${ordered} AND i.indisunique AND i.indnkeyatts = 1) AS "unique"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
         AND a.attname = CASE WHEN $2 LIKE '"%' THEN btrim($2, '"') ELSE lower($2) END
     WHERE c.oid = to_regclass($1)`,
    [table, key],
  );
  const [row] = rows;
  if (row === undefined) return { problem: `there is no table ${table}`, way: 'name' };
  const name = quoteQualified(row.schema, row.table);
  if (!['r', 'p'].includes(row.kind)) return { problem: `${name} is no table`, way: 'name' };
  if (row.column === null) {
    const problem = key.includes(',')
      ? `a key is one column, and ${key} is several`
      : `${name} has no column ${key}`;
    return { problem, way: 'name' };
  }
  const column = quoteIdentifier(row.column);
  const subject = `${name}.${column}`;
  if (!row.notNull)
    return { problem: `${subject} may be null, and a row without a key would be passed over`, way: 'key' };
  if (!row.ordered)
    return {
      problem: `no valid index begins with ${subject} in its own order, so that each batch would read the whole table`,
      way: `CREATE INDEX CONCURRENTLY ON ${name} (${column}) in a migration before it`,
    };
  return { table: name, column, unique: row.unique };
}

interface Row {
  readonly schema: string;
  readonly table: string;
  readonly kind: string;
  readonly column: string | null;
  readonly notNull: boolean;
  readonly ordered: boolean;
  readonly unique: boolean;
}

/** An index of all rows by which PostgreSQL finds them in the column's own order. */
const ordered = `FROM pg_index i JOIN pg_class x ON x.oid = i.indexrelid JOIN pg_am m ON m.oid = x.relam
    JOIN pg_opclass o ON o.oid = i.indclass[0]
  WHERE i.indrelid = c.oid AND i.indkey[0] = a.attnum AND i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree'
    AND o.opcdefault AND i.indcollation[0] = a.attcollation`;

/** A key as text that PostgreSQL reads back as the same value whatever DateStyle and TimeZone are then. */
const asText = (value: string): string => `to_jsonb(${value}) #>> '{}'`;

/** The last key of all; null in an empty table. */
export async function readLastKey(session: Session, { table, column }: Key): Promise<string | null> {
  const { rows } = await session.query<{ last: string }>(
    `SELECT ${asText(column)} AS last FROM ${table} ORDER BY ${column} DESC LIMIT 1`,
  );
  return rows[0]?.last ?? null;
}

/** What lies behind `after` (null: from the first row) and up to `until`, both of them keys. */
interface Part {
  readonly after: string | null;
  readonly until: string;
  readonly rows: number;
}

export interface Span {
  /** Both included. */
  readonly from: string;
  readonly to: string;
  /** There may be more behind it. */
  readonly full: boolean;
}

/**
 * The next so many rows behind `after` and up to `until`; null when there are none. The end is compared, and no condition: a
 * planner without statistics would think that little lies between two keys, and sort all of it.
 */
export async function readSpan(
  session: Session,
  key: Key,
  { after, until, rows: size }: Part,
): Promise<Span | null> {
  const from = await readFirstKey(session, key, { after, until });
  if (from === null) return null;
  const last = await readKeyAt(session, key, { after, until, skip: size - 1 });
  return { from, to: last ?? until, full: last !== null };
}

/** The first key of a part; null when it is empty. */
export async function readFirstKey(
  session: Session,
  key: Key,
  part: Omit<Part, 'rows'>,
): Promise<string | null> {
  return readKeyAt(session, key, { ...part, skip: 0 });
}

/** Null where it is behind `until`. */
async function readKeyAt(
  session: Session,
  { table, column }: Key,
  { after, until, skip }: Omit<Part, 'rows'> & { readonly skip: number },
): Promise<string | null> {
  const { rows } = await session.query<{ key: string; within: boolean }>(
    `SELECT ${asText(column)} AS key, ${column} <= $1 AS within FROM ${table}
     ${after === null ? '' : `WHERE ${column} > $3`} ORDER BY ${column} OFFSET $2::bigint LIMIT 1`,
    [until, skip, ...(after === null ? [] : [after])],
  );
  const [row] = rows;
  return row?.within === true ? row.key : null;
}

/** Whether more than so many rows lie in a span. */
export async function isLarger(
  session: Session,
  { table, column }: Key,
  { from, to }: Span,
  limit: number,
): Promise<boolean> {
  const { rows } = await session.query<{ larger: boolean }>(
    `SELECT count(*) > $3::bigint AS larger FROM (
       SELECT FROM ${table} WHERE ${column} BETWEEN $1 AND $2 LIMIT $3::bigint + 1) AS part`,
    [from, to, limit],
  );
  return rows[0]?.larger === true;
}

/** How many rows PostgreSQL's planner thinks lie behind `after`. */
export async function estimateRows(
  session: Session,
  { table, column }: Key,
  after: string | null,
): Promise<number | null> {
  const { rows } = await session.query<{ 'QUERY PLAN': readonly [{ Plan: { 'Plan Rows': number } }] }>(
    `EXPLAIN (FORMAT JSON) SELECT FROM ${table}${after === null ? '' : ` WHERE ${column} > $1`}`,
    after === null ? [] : [after],
  );
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? null;
}
