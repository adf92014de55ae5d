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
  our_table AS MATERIALIZED (
    SELECT c.oid, c.relnamespace, s.name AS schema, c.relname AS name
      FROM pg_class c
      JOIN our_schema s ON s.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p')
       AND ($1::name[] IS NULL OR c.relname = ANY ($1))
       AND NOT EXISTS (SELECT FROM extension_owned e
                        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
  )`;

export interface SchemaRow {
  readonly name: string;
}

export const schemas = `
  SELECT 'schema' AS family, json_build_object('name', s.name)::text AS fields
    FROM our_schema s`;

export const setAside = `
  SELECT 'set aside' AS family, json_build_object('name', n.nspname)::text AS fields
    FROM pg_namespace n
   WHERE n.nspname = ANY ($2::name[])`;

export interface TableRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
}

export const tables = `
  SELECT 'table' AS family,
         json_build_object('oid', t.oid::text, 'schema', t.schema, 'name', t.name)::text AS fields
    FROM our_table t`;

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
}

/** attnotnull also stands for a NOT NULL that is not validated yet: new rows are held to it (manual 51.7). */
export const columns = `
  SELECT a.attrelid::text AS table,
         a.attnum AS number,
         a.attname AS name,
         format_type(a.atttypid, a.atttypmod) AS type,
         a.attnotnull AS required,
         pg_get_expr(d.adbin, d.adrelid) AS expression,
         a.attidentity AS identity,
         a.attgenerated AS generated
    FROM our_table t
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum`;
