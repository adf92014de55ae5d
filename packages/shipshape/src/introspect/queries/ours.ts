// Catalogue query: which schemas and relations are ours to read. Every other one starts from here.
import { quoteLiteral } from '../../catalog/index.ts';
import { type Among, amongAll, amongTouched } from './family.ts';

/** As a condition on `c.relname`, of a name[] as SQL; `anyName` where all are read. */
export const amongNames = (tables: string): string => `c.relname = ANY (${tables})`;
export const anyName = 'true';

/** As a condition on `n.nspname`, of a name[] as SQL. */
export const allBut = (schemas: string): string => `n.nspname <> ALL (${schemas})`;
export const noneBut = (schemas: string): string => `n.nspname = ANY (${schemas})`;

/** As a condition: the object is no extension's. As a list, which is planned in a tenth less than a join, and made once. */
export const notOfExtension = (catalog: string, oid: string): string =>
  `${oid} <> ALL (ARRAY(SELECT e.objid FROM extension_owned e WHERE e.classid = '${catalog}'::regclass))`;

/**
 * `tables`, of tables and views, and `schemas` are conditions.
 * Objects of an extension are its own affair (pg_depend, deptype `e`; manual 51.18).
 */
export const oursIn = (tables: string, schemas: string, among: Among = amongAll): string => `
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
       AND ${schemas}
       AND ${notOfExtension('pg_namespace', 'n.oid')}
  ),
  our_relation AS MATERIALIZED (
    SELECT c.oid, c.relnamespace, s.name AS schema, c.relname AS name, c.relkind AS kind, c.relnatts
      FROM pg_class c
      JOIN our_schema s ON s.oid = c.relnamespace
     WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm') AND ${among('c.oid')}
       AND ${tables}
       AND ${notOfExtension('pg_class', 'c.oid')}
  )`;

/** As an array's literal (manual 8.15.2), for a message of several statements, which takes no parameters. */
export function renderNames(names: readonly string[]): string {
  const quoted = names.map((name) => `"${name.replace(/["\\]/g, '\\$&')}"`);
  return `${quoteLiteral(`{${quoted.join(',')}}`)}::name[]`;
}

const [tables, schemas] = ['$1::name[]', '$2::name[]'];
const named = amongNames(tables);
const namedOrAll = `(${tables} IS NULL OR ${named})`;

/** $1: names of relations, or null; $2: the schemas that are not read. */
export const ours = oursIn(namedOrAll, allBut(schemas));
/** $1: names of relations; $2: the schemas that are read. Without the null a plan that is made once uses the index of names. */
export const oursWithin = oursIn(named, noneBut(schemas));
/** As `ours`; of relations those alone whose oids are in $3. */
export const touchedOurs = oursIn(namedOrAll, allBut(schemas), amongTouched);
