// Catalogue query: indexes that are not the work of a constraint.

export interface IndexRow {
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly keys: readonly {
    readonly expression: string;
    readonly opclass: string | null;
    /** Bit 1: descending; bit 2: nulls first. */
    readonly option: number;
  }[];
  readonly include: readonly string[] | null;
  readonly predicate: string | null;
  readonly nullsNotDistinct: boolean;
  readonly valid: boolean;
}

/** Vectors and option bits as manual 51.26 has them: first the keys, then the columns of INCLUDE. */
export const indexes = `
  SELECT 'index' AS family, json_build_object(
           'table', i.indrelid::text,
           'name', c.relname,
           'unique', i.indisunique,
           'method', am.amname,
           'keys', (SELECT json_agg(
                             json_build_object(
                               'expression', coalesce(a.attname, pg_get_indexdef(i.indexrelid, k.n::int, true)),
                               'opclass', CASE WHEN NOT o.opcdefault THEN
                                            CASE WHEN os.nspname = 'pg_catalog' THEN ''
                                                 ELSE quote_ident(os.nspname) || '.' END
                                            || quote_ident(o.opcname)
                                          END,
                               'option', k.option)
                             ORDER BY k.n)
                      FROM unnest(i.indkey, i.indclass, i.indoption) WITH ORDINALITY AS k (attnum, opclass, option, n)
                      JOIN pg_opclass o ON o.oid = k.opclass
                      JOIN pg_namespace os ON os.oid = o.opcnamespace
                      LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum),
           'include', (SELECT json_agg(a.attname ORDER BY k.n)
                         FROM unnest(i.indkey) WITH ORDINALITY AS k (attnum, n)
                         JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                        WHERE k.n > i.indnkeyatts),
           'predicate', pg_get_expr(i.indpred, i.indrelid),
           'nullsNotDistinct', i.indnullsnotdistinct,
           'valid', i.indisvalid)::text AS fields
    FROM our_table t
    JOIN pg_index i ON i.indrelid = t.oid
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am am ON am.oid = c.relam
   WHERE NOT EXISTS (SELECT FROM pg_constraint con
                      WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))`;
