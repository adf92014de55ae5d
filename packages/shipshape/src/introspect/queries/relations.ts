// Catalogue queries: which schemas and tables are ours to read, and the columns of those tables.

/**
 * What every query starts from. $1: names of tables, or null for all; $2: names of schemas to set aside.
 * Objects of an extension are its own affair (pg_depend, deptype `e`; manual 51.18).
 */
export const ours = `
  extension_owned AS MATERIALIZED (
    SELECT d.classid, d.objid
      FROM pg_depend d
     WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
  ),
  our_schema AS MATERIALIZED (
    SELECT n.oid, n.nspname AS name
      FROM pg_namespace n
     WHERE n.nspname NOT LIKE 'pg\\_%'
       AND n.nspname <> 'information_schema'
       AND n.nspname <> ALL ($2::name[])
       AND NOT EXISTS (SELECT FROM extension_owned e
                        WHERE e.classid = 'pg_namespace'::regclass AND e.objid = n.oid)
  ),
  our_relation AS MATERIALIZED (
    SELECT c.oid, c.relnamespace, c.relkind, s.name AS schema, c.relname AS name
      FROM pg_class c
      JOIN our_schema s ON s.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
       AND ($1::name[] IS NULL OR c.relname = ANY ($1))
       AND NOT EXISTS (SELECT FROM extension_owned e
                        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
  ),
  our_table AS MATERIALIZED (
    SELECT r.oid, r.relnamespace, r.schema, r.name FROM our_relation r WHERE r.relkind IN ('r', 'p', 'f')
  )`;

export interface SchemaRow {
  readonly oid: string;
  readonly name: string;
}

export const schemas = `
  SELECT 'schema' AS family, json_build_object('oid', s.oid::text, 'name', s.name)::text AS fields
    FROM our_schema s`;

export const setAside = `
  SELECT 'set aside' AS family, json_build_object('name', n.nspname)::text AS fields
    FROM pg_namespace n
   WHERE n.nspname = ANY ($2::name[])`;

export interface TableRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly partitionBy?: string | null;
  readonly partitionOf?: { readonly schema: string; readonly name: string; readonly bound: string } | null;
  readonly inherits?: readonly { readonly schema: string; readonly name: string }[] | null;
  readonly policed?: boolean;
  readonly forced?: boolean;
  readonly unlogged?: boolean;
  readonly server?: string | null;
}

/** By name alone. */
export const tableNames = `
  SELECT 'table' AS family,
         json_build_object('oid', t.oid::text, 'schema', t.schema, 'name', t.name)::text AS fields
    FROM our_table t`;

export const tables = `
  SELECT 'table' AS family, json_build_object(
           'oid', t.oid::text,
           'schema', t.schema,
           'name', t.name,
           'partitionBy', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
           'partitionOf', CASE WHEN c.relispartition THEN
                            (SELECT json_build_object('schema', pn.nspname, 'name', p.relname,
                                                      'bound', pg_get_expr(c.relpartbound, c.oid))
                               FROM pg_inherits i
                               JOIN pg_class p ON p.oid = i.inhparent
                               JOIN pg_namespace pn ON pn.oid = p.relnamespace
                              WHERE i.inhrelid = c.oid)
                          END,
           'inherits', CASE WHEN NOT c.relispartition THEN
                         (SELECT json_agg(json_build_object('schema', pn.nspname, 'name', p.relname)
                                          ORDER BY i.inhseqno)
                            FROM pg_inherits i
                            JOIN pg_class p ON p.oid = i.inhparent
                            JOIN pg_namespace pn ON pn.oid = p.relnamespace
                           WHERE i.inhrelid = c.oid)
                       END,
           'policed', c.relrowsecurity,
           'forced', c.relforcerowsecurity,
           'unlogged', c.relpersistence = 'u',
           'server', (SELECT f.srvname
                        FROM pg_foreign_table ft
                        JOIN pg_foreign_server f ON f.oid = ft.ftserver
                       WHERE ft.ftrelid = c.oid))::text AS fields
    FROM our_table t
    JOIN pg_class c ON c.oid = t.oid`;

export interface ColumnRow {
  readonly table: string;
  /** What keys and indexes call it. */
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  /** Of a default, or of a generated column. */
  readonly expression: string | null;
  /** Letters as manual 51.7 has them. */
  readonly identity: '' | 'a' | 'd';
  readonly generated: '' | 's' | 'v';
  /** As SQL, where it is not the type's own. */
  readonly collation: string | null;
}

/** A collation as SQL: what stands in pg_catalog is found without its schema. */
export const collationName = (oid: string): string => `
         (SELECT CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END
                 || quote_ident(co.collname)
            FROM pg_collation co JOIN pg_namespace cn ON cn.oid = co.collnamespace
           WHERE co.oid = ${oid})`;

/** attnotnull also stands for a NOT NULL that is not validated yet: new rows are held to it (manual 51.7). */
export const columns = `
  SELECT a.attrelid::text AS table,
         a.attnum AS number,
         a.attname AS name,
         format_type(a.atttypid, a.atttypmod) AS type,
         a.attnotnull AS required,
         pg_get_expr(d.adbin, d.adrelid) AS expression,
         a.attidentity AS identity,
         a.attgenerated AS generated,
         CASE WHEN a.attcollation <> 0
               AND a.attcollation <> (SELECT y.typcollation FROM pg_type y WHERE y.oid = a.atttypid)
              THEN ${collationName('a.attcollation')} END AS collation
    FROM our_table t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum`;
