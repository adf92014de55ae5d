// The limit: one catalogue query that returns the rows which a need is judged by, and nothing done with them.

/** Tables with the role's rights, columns with types and defaults, keys, unique indexes, enums. */
export const bareQuery = `
  WITH ours AS MATERIALIZED (
    SELECT c.oid, n.nspname, c.relname, c.relnamespace
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
  )
  SELECT 'table' AS family, o.oid AS relation, o.nspname AS a, o.relname AS b, NULL::text AS c, NULL::text AS d, NULL::text AS e,
         has_schema_privilege(o.relnamespace, 'USAGE') AND has_table_privilege(o.oid, 'SELECT') AS f,
         has_table_privilege(o.oid, 'INSERT') AND has_table_privilege(o.oid, 'UPDATE') AND has_table_privilege(o.oid, 'DELETE') AS g
    FROM ours o
  UNION ALL
  SELECT 'column', a.attrelid, a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid),
         a.attidentity::text || a.attgenerated::text, a.attnum::text, a.attnotnull, false
    FROM ours o
    JOIN pg_attribute a ON a.attrelid = o.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
  UNION ALL
  SELECT 'key', con.conrelid, con.conname, con.contype::text, con.conkey::text, NULL, NULL, con.condeferrable, con.condeferred
    FROM ours o JOIN pg_constraint con ON con.conrelid = o.oid AND con.contype IN ('p', 'u')
  UNION ALL
  SELECT 'unique index', i.indrelid, ic.relname, i.indkey::text, pg_get_expr(i.indpred, i.indrelid), NULL, NULL, i.indisvalid, false
    FROM ours o
    JOIN pg_index i ON i.indrelid = o.oid AND i.indisunique
    JOIN pg_class ic ON ic.oid = i.indexrelid
   WHERE NOT EXISTS (SELECT FROM pg_constraint con WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))
  UNION ALL
  SELECT 'enum', y.oid, n.nspname, y.typname,
         (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder)::text FROM pg_enum l WHERE l.enumtypid = y.oid), NULL, NULL, false, false
    FROM pg_type y JOIN pg_namespace n ON n.oid = y.typnamespace
   WHERE y.typtype = 'e'`;
