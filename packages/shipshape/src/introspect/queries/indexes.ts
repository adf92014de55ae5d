// Catalogue queries: indexes that are not the work of a constraint, and the operator classes that they name.

export interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  /** Numbers of columns, 0 for an expression: first the keys, then the columns of INCLUDE (manual 51.26). */
  readonly columns: readonly number[];
  /** How many of them are keys. */
  readonly keys: number;
  /** One a key. Bit 1: descending; bit 2: nulls first. */
  readonly options: readonly number[];
  /** One a key. */
  readonly opclasses: readonly (string | number)[];
  /** One a key that is an expression, in their order. */
  readonly expressions: readonly string[] | null;
  readonly predicate: string | null;
  readonly nullsNotDistinct: boolean;
  readonly valid: boolean;
}

export const indexes = `
  SELECT 'index' AS family, json_build_object(
           'table', i.indrelid::text,
           'name', c.relname,
           'unique', i.indisunique,
           'method', am.amname,
           'columns', i.indkey,
           'keys', i.indnkeyatts,
           'options', i.indoption,
           'opclasses', i.indclass,
           'expressions', CASE WHEN i.indexprs IS NOT NULL THEN
                            (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
                               FROM generate_series(1, i.indnkeyatts::int) AS k
                              WHERE i.indkey[k - 1] = 0)
                          END,
           'predicate', pg_get_expr(i.indpred, i.indrelid),
           'nullsNotDistinct', i.indnullsnotdistinct,
           'valid', i.indisvalid)::text AS fields
    FROM our_table t
    JOIN pg_index i ON i.indrelid = t.oid
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am am ON am.oid = c.relam
   WHERE NOT EXISTS (SELECT FROM pg_constraint con
                      WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))`;

export interface OpclassRow {
  readonly oid: string;
  /** As SQL. */
  readonly name: string;
}

/** Only those that are no type's default: they are what CREATE INDEX has to say. */
export const opclasses = `
  SELECT 'opclass' AS family, json_build_object(
           'oid', o.oid::text,
           'name', CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END
                   || quote_ident(o.opcname))::text AS fields
    FROM pg_opclass o
    JOIN pg_namespace n ON n.oid = o.opcnamespace
   WHERE NOT o.opcdefault
     AND o.oid IN (SELECT unnest(i.indclass) FROM our_table t JOIN pg_index i ON i.indrelid = t.oid)`;
