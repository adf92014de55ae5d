// Catalogue queries: enumerated types, domains, composite and range types, and collations.
import type { Dialect } from './dialect.ts';
import { type Among, family } from './family.ts';
import { notOfExtension } from './ours.ts';

interface Typed {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
}

const typed = `'oid', y.oid::text, 'schema', s.name, 'name', y.typname`;
const from = (letter: string, among: Among, joins = '') => `
    FROM pg_type y
    JOIN our_schema s ON s.oid = y.typnamespace${joins}
   WHERE y.typtype = '${letter}' AND ${among('y.oid')}
     AND ${notOfExtension('pg_type', 'y.oid')}`;

export interface EnumRow extends Typed {
  readonly labels: readonly string[] | null;
}

export const enums = family<EnumRow>('enum', (_, among) => ({
  fields: `${typed},
           'labels', (SELECT json_agg(l.enumlabel ORDER BY l.enumsortorder)
                        FROM pg_enum l
                       WHERE l.enumtypid = y.oid)`,
  from: from('e', among),
}));

export interface DomainRow extends Typed {
  readonly type: string;
  readonly required: boolean;
  readonly default: string | null;
  readonly collation: string | null;
  readonly checks:
    | readonly { readonly name: string; readonly expression: string; readonly validated: boolean }[]
    | null;
}

export const domains = family<DomainRow>('domain', (_, among) => ({
  fields: `${typed},
           'type', format_type(y.typbasetype, y.typtypmod),
           'required', y.typnotnull,
           'default', pg_get_expr(y.typdefaultbin, 0),
           'collation', CASE WHEN y.typcollation <> b.typcollation THEN y.typcollation::regcollation::text END,
           'checks', (SELECT json_agg(json_build_object('name', con.conname,
                                                        'expression', pg_get_expr(con.conbin, 0),
                                                        'validated', con.convalidated) ORDER BY con.conname)
                        FROM pg_constraint con
                       WHERE con.contypid = y.oid AND con.contype = 'c')`,
  from: from('d', among, '\n    JOIN pg_type b ON b.oid = y.typbasetype'),
}));

export interface CompositeRow extends Typed {
  /** Of the relation that holds its attributes. */
  readonly relation: string;
  readonly attributes:
    | readonly {
        readonly number: number;
        readonly name: string;
        readonly type: string;
        readonly collation: string | null;
      }[]
    | null;
}

/** Every table has a type of its kind as well; what was made by itself is a relation of kind `c`. */
export const composites = family<CompositeRow>('composite', (_, among) => ({
  fields: `${typed},
           'relation', y.typrelid::text,
           'attributes', (SELECT json_agg(json_build_object(
                                   'number', a.attnum,
                                   'name', a.attname,
                                   'type', format_type(a.atttypid, a.atttypmod),
                                   'collation', CASE WHEN a.attcollation <> b.typcollation
                                                THEN a.attcollation::regcollation::text END) ORDER BY a.attnum)
                            FROM pg_attribute a
                            JOIN pg_type b ON b.oid = a.atttypid
                           WHERE a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped)`,
  from: from('c', among, `\n    JOIN pg_class c ON c.oid = y.typrelid AND c.relkind = 'c'`),
}));

export interface RangeRow extends Typed {
  readonly subtype: string;
  readonly opclass: string | null;
  readonly collation: string | null;
  readonly canonical: string | null;
  readonly subtypeDiff: string | null;
  readonly multirange: string;
}

const calledFunction = (oid: string) => `CASE WHEN ${oid} <> 0 THEN ${oid}::regproc::text END`;

export const ranges = family<RangeRow>('range', (_, among) => ({
  fields: `${typed},
           'subtype', format_type(g.rngsubtype, NULL),
           'opclass', CASE WHEN NOT o.opcdefault THEN
                        CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END
                        || quote_ident(o.opcname)
                      END,
           'collation', CASE WHEN g.rngcollation <> b.typcollation THEN g.rngcollation::regcollation::text END,
           'canonical', ${calledFunction('g.rngcanonical')},
           'subtypeDiff', ${calledFunction('g.rngsubdiff')},
           'multirange', format_type(g.rngmultitypid, NULL)`,
  from: from(
    'r',
    among,
    `
    JOIN pg_range g ON g.rngtypid = y.oid
    JOIN pg_type b ON b.oid = g.rngsubtype
    JOIN pg_opclass o ON o.oid = g.rngsubopc
    JOIN pg_namespace n ON n.oid = o.opcnamespace`,
  ),
}));

export interface CollationRow extends Typed {
  readonly provider: 'i' | 'c' | 'b';
  /** Of libc. */
  readonly collate: string | null;
  readonly ctype: string | null;
  /** Of the others. */
  readonly locale: string | null;
  readonly deterministic: boolean;
  readonly rules: string | null;
}

export const collations = family<CollationRow>('collation', ({ locale, rules }: Dialect) => ({
  fields: `
           'oid', c.oid::text,
           'schema', s.name,
           'name', c.collname,
           'provider', c.collprovider,
           'collate', c.collcollate,
           'ctype', c.collctype,
           'locale', ${locale},
           'deterministic', c.collisdeterministic,
           'rules', ${rules}`,
  from: `
    FROM pg_collation c
    JOIN our_schema s ON s.oid = c.collnamespace
   WHERE ${notOfExtension('pg_collation', 'c.oid')}`,
}));
