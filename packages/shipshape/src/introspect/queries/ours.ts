// Catalogue query: which schemas and relations are ours to read. Every other one starts from here.

/**
 * $1: names of tables and views, or null for all; $2: names of schemas to set aside.
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
    SELECT c.oid, c.relnamespace, s.name AS schema, c.relname AS name, c.relkind AS kind
      FROM pg_class c
      JOIN our_schema s ON s.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm')
       AND ($1::name[] IS NULL OR c.relname = ANY ($1))
       AND NOT EXISTS (SELECT FROM extension_owned e
                        WHERE e.classid = 'pg_class'::regclass AND e.objid = c.oid)
  )`;

/** As a condition: the object is no extension's. */
export const notOfExtension = (catalog: string, oid: string): string =>
  `NOT EXISTS (SELECT FROM extension_owned e WHERE e.classid = '${catalog}'::regclass AND e.objid = ${oid})`;
