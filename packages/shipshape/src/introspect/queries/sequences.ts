// Catalogue query: sequences, and the columns that own them.

export interface SequenceRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** As `format_type` prints it. */
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  /** The column that owns it: a table and a number; null for none. */
  readonly owner: { readonly table: string; readonly column: number; readonly fills: boolean } | null;
}

/**
 * An identity column depends on its sequence internally (`i`), a column of OWNED BY automatically (`a`); manual 51.18.
 * `fills`: the column is filled from it.
 */
export const sequences = `
  SELECT 'sequence' AS family, json_build_object(
           'oid', c.oid::text,
           'schema', s.name,
           'name', c.relname,
           'type', format_type(q.seqtypid, NULL),
           'start', q.seqstart::text,
           'increment', q.seqincrement::text,
           'min', q.seqmin::text,
           'max', q.seqmax::text,
           'cache', q.seqcache::text,
           'cycle', q.seqcycle,
           'owner', (SELECT json_build_object(
                              'table', d.refobjid::text,
                              'column', d.refobjsubid,
                              'fills', d.deptype = 'i' OR EXISTS (
                                SELECT FROM pg_attrdef f
                                  JOIN pg_depend x ON x.classid = 'pg_attrdef'::regclass AND x.objid = f.oid
                                   AND x.refclassid = 'pg_class'::regclass AND x.refobjid = c.oid
                                 WHERE f.adrelid = d.refobjid AND f.adnum = d.refobjsubid))
                       FROM pg_depend d
                      WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
                        AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')))::text AS fields
    FROM pg_class c
    JOIN our_schema s ON s.oid = c.relnamespace
    JOIN pg_sequence q ON q.seqrelid = c.oid
   WHERE c.relkind = 'S'
     AND NOT EXISTS (SELECT FROM extension_owned e
                      WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)`;
