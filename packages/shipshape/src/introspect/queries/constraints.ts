// Catalogue query: primary, unique and foreign keys, and checks.

interface Row {
  readonly table: string;
  readonly name: string;
  readonly columns: readonly string[];
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
  readonly validated: boolean;
}

type ActionLetter = 'a' | 'r' | 'c' | 'n' | 'd';

/** Letters as manual 51.13 has them. */
export type ConstraintRow =
  | (Row & { readonly kind: 'p' })
  | (Row & { readonly kind: 'u'; readonly nullsNotDistinct: boolean })
  | (Row & {
      readonly kind: 'f';
      readonly referencedSchema: string;
      readonly referencedTable: string;
      readonly referencedColumns: readonly string[];
      readonly onDelete: ActionLetter;
      readonly onUpdate: ActionLetter;
    })
  | (Row & { readonly kind: 'c'; readonly expression: string });

/**
 * Left out: keys WITHOUT OVERLAPS, which are exclusion constraints by nature, and the copies of a foreign key that
 * PostgreSQL keeps on its table for each partition of the table it references.
 */
export const constraints = `
  SELECT 'constraint' AS family, json_build_object(
           'table', con.conrelid::text,
           'kind', con.contype,
           'name', con.conname,
           'columns', (SELECT json_agg(a.attname ORDER BY k.n)
                         FROM unnest(con.conkey) WITH ORDINALITY AS k (attnum, n)
                         JOIN pg_attribute a ON a.attrelid = con.conrelid AND a.attnum = k.attnum),
           'referencedSchema', fs.nspname,
           'referencedTable', f.relname,
           'referencedColumns', (SELECT json_agg(a.attname ORDER BY k.n)
                                   FROM unnest(con.confkey) WITH ORDINALITY AS k (attnum, n)
                                   JOIN pg_attribute a ON a.attrelid = con.confrelid AND a.attnum = k.attnum),
           'onDelete', con.confdeltype,
           'onUpdate', con.confupdtype,
           'deferrable', con.condeferrable,
           'initiallyDeferred', con.condeferred,
           'validated', con.convalidated,
           'nullsNotDistinct', i.indnullsnotdistinct,
           'expression', CASE con.contype WHEN 'c' THEN pg_get_expr(con.conbin, con.conrelid) END)::text AS fields
    FROM our_table t
    JOIN pg_constraint con ON con.conrelid = t.oid AND con.contype IN ('p', 'u', 'f', 'c')
    LEFT JOIN pg_index i ON i.indexrelid = con.conindid AND con.contype IN ('p', 'u')
    LEFT JOIN pg_class f ON f.oid = con.confrelid
    LEFT JOIN pg_namespace fs ON fs.oid = f.relnamespace
   WHERE i.indisexclusion IS NOT TRUE
     AND NOT EXISTS (SELECT FROM pg_constraint parent
                      WHERE parent.oid = con.conparentid AND parent.conrelid = con.conrelid)`;
