// Catalogue queries: domains, composite and range types, collations.
import type { Features } from './features.ts';
import { collationName } from './relations.ts';

const notOfExtension = (classname: string, oid: string): string => `
     AND NOT EXISTS (SELECT FROM extension_owned e
                      WHERE e.classid = '${classname}'::regclass AND e.objid = ${oid})`;

export interface DomainRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly required: boolean;
  readonly default: string | null;
  readonly collation: string | null;
  readonly checks:
    | readonly { readonly name: string; readonly expression: string; readonly validated: boolean }[]
    | null;
}

export const domains = `
  SELECT 'domain' AS family, json_build_object(
           'oid', y.oid::text,
           'schema', s.name,
           'name', y.typname,
           'type', format_type(y.typbasetype, y.typtypmod),
           'required', y.typnotnull,
           'default', pg_get_expr(y.typdefaultbin, 0),
           'collation', CASE WHEN y.typcollation <> 0
                              AND y.typcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = y.typbasetype)
                             THEN ${collationName('y.typcollation')} END,
           'checks', (SELECT json_agg(json_build_object('name', con.conname,
                                                        'expression', pg_get_expr(con.conbin, 0),
                                                        'validated', con.convalidated) ORDER BY con.conname)
                        FROM pg_constraint con
                       WHERE con.contypid = y.oid AND con.contype = 'c'))::text AS fields
    FROM pg_type y
    JOIN our_schema s ON s.oid = y.typnamespace
   WHERE y.typtype = 'd'${notOfExtension('pg_type', 'y.oid')}`;

export interface CompositeRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly attributes:
    | readonly { readonly name: string; readonly type: string; readonly collation: string | null }[]
    | null;
}

/** The row types of tables are the tables' own. */
export const composites = `
  SELECT 'composite' AS family, json_build_object(
           'oid', y.oid::text,
           'schema', s.name,
           'name', y.typname,
           'attributes', (SELECT json_agg(json_build_object(
                                    'name', a.attname,
                                    'type', format_type(a.atttypid, a.atttypmod),
                                    'collation', CASE WHEN a.attcollation <> 0 AND a.attcollation <>
                                      (SELECT b.typcollation FROM pg_type b WHERE b.oid = a.atttypid)
                                      THEN ${collationName('a.attcollation')} END) ORDER BY a.attnum)
                            FROM pg_attribute a
                           WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped))::text AS fields
    FROM pg_type y
    JOIN our_schema s ON s.oid = y.typnamespace
    JOIN pg_class c ON c.oid = y.typrelid AND c.relkind = 'c'
   WHERE y.typtype = 'c'${notOfExtension('pg_type', 'y.oid')}`;

export interface RangeRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly subtype: string;
  readonly opclass: string | null;
  readonly collation: string | null;
  readonly canonical: string | null;
  readonly subtypeDiff: string | null;
  readonly multirange: string;
}

/** Functions are named as `regproc` prints them: with their schema, since the search path is empty. */
export const ranges = `
  SELECT 'range' AS family, json_build_object(
           'oid', y.oid::text,
           'schema', s.name,
           'name', y.typname,
           'subtype', format_type(r.rngsubtype, NULL),
           'opclass', (SELECT CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END
                              || quote_ident(o.opcname)
                         FROM pg_opclass o JOIN pg_namespace n ON n.oid = o.opcnamespace
                        WHERE o.oid = r.rngsubopc AND NOT o.opcdefault),
           'collation', CASE WHEN r.rngcollation <> 0
                              AND r.rngcollation <> (SELECT b.typcollation FROM pg_type b WHERE b.oid = r.rngsubtype)
                             THEN ${collationName('r.rngcollation')} END,
           'canonical', CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::regproc::text END,
           'subtypeDiff', CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::regproc::text END,
           'multirange', format_type(r.rngmultitypid, NULL))::text AS fields
    FROM pg_type y
    JOIN our_schema s ON s.oid = y.typnamespace
    JOIN pg_range r ON r.rngtypid = y.oid
   WHERE y.typtype = 'r'${notOfExtension('pg_type', 'y.oid')}`;

export interface CollationRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** Letters as manual 51.12 has them. */
  readonly provider: 'c' | 'i' | 'b';
  readonly collate: string | null;
  readonly ctype: string | null;
  readonly locale: string | null;
  readonly deterministic: boolean;
  readonly rules: string | null;
}

export const collations = ({ from15, from16, from17 }: Features): string => `
  SELECT 'collation' AS family, json_build_object(
           'oid', co.oid::text,
           'schema', s.name,
           'name', co.collname,
           'provider', co.collprovider,
           'collate', co.collcollate,
           'ctype', co.collctype,
           'locale', ${from17 ? 'co.colllocale' : from15 ? 'co.colliculocale' : "CASE WHEN co.collprovider = 'i' THEN co.collcollate END"},
           'deterministic', co.collisdeterministic,
           'rules', ${from16 ? 'co.collicurules' : 'NULL'})::text AS fields
    FROM pg_collation co
    JOIN our_schema s ON s.oid = co.collnamespace
   WHERE true${notOfExtension('pg_collation', 'co.oid')}`;
