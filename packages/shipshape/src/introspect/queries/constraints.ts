// Catalogue queries: primary, unique and foreign keys, and checks. Letters as manual 51.13 has them.
import type { Features } from './features.ts';

/**
 * Read once for all kinds. Where the planner's statistics are from before the first foreign key, it takes `contype = 'f'`
 * for one row and would compare every key with every table.
 */
export const ourConstraints = `
  our_constraint AS MATERIALIZED (
    SELECT con.*
      FROM our_table t
      JOIN pg_constraint con ON con.conrelid = t.oid AND con.contype IN ('p', 'u', 'f', 'c', 'x')
  )`;

interface Deferring {
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}

export interface KeyRow extends Deferring {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  readonly primary: boolean;
  /** Numbers of columns. */
  readonly columns: readonly number[];
  /** Numbers of the columns of INCLUDE. */
  readonly include: readonly number[];
  readonly nullsNotDistinct: boolean;
  readonly withoutOverlaps: boolean;
}

export const keys = ({ from15, from18 }: Features): string => `
  SELECT 'key' AS family, json_build_object(
           'oid', con.oid::text,
           'table', con.conrelid::text,
           'name', con.conname,
           'primary', con.contype = 'p',
           'columns', con.conkey,
           'include', (i.indkey::int2[])[i.indnkeyatts:],
           'nullsNotDistinct', ${from15 ? 'i.indnullsnotdistinct' : 'false'},
           'withoutOverlaps', ${from18 ? 'con.conperiod' : 'false'},
           'deferrable', con.condeferrable,
           'initiallyDeferred', con.condeferred)::text AS fields
    FROM our_constraint con
    JOIN pg_index i ON i.indexrelid = con.conindid
   WHERE con.contype IN ('p', 'u')`;

type ActionLetter = 'a' | 'r' | 'c' | 'n' | 'd';

export interface ForeignKeyRow extends Deferring {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  /** Numbers of columns. */
  readonly columns: readonly number[];
  readonly referenced: string;
  readonly referencedColumns: readonly number[];
  readonly onDelete: ActionLetter;
  readonly onUpdate: ActionLetter;
  readonly validated: boolean;
  readonly full: boolean;
  /** Numbers of the columns that ON DELETE sets; null for all. */
  readonly onDeleteColumns: readonly number[] | null;
  readonly period: boolean;
  readonly enforced: boolean;
}

/** The copies that PostgreSQL keeps on the same table for each partition of the referenced table are left out. */
export const foreignKeys = ({ from15, from18 }: Features): string => `
  SELECT 'foreign key' AS family, json_build_object(
           'oid', con.oid::text,
           'table', con.conrelid::text,
           'name', con.conname,
           'columns', con.conkey,
           'referenced', con.confrelid::text,
           'referencedColumns', con.confkey,
           'onDelete', con.confdeltype,
           'onUpdate', con.confupdtype,
           'deferrable', con.condeferrable,
           'initiallyDeferred', con.condeferred,
           'validated', con.convalidated,
           'full', con.confmatchtype = 'f',
           'onDeleteColumns', ${from15 ? 'con.confdelsetcols' : 'NULL'},
           'period', ${from18 ? 'con.conperiod' : 'false'},
           'enforced', ${from18 ? 'con.conenforced' : 'true'})::text AS fields
    FROM our_constraint con
   WHERE con.contype = 'f'
     AND NOT EXISTS (SELECT FROM pg_constraint parent
                      WHERE parent.oid = con.conparentid AND parent.conrelid = con.conrelid)`;

export interface ReferencedRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  /** Names by number. */
  readonly columns: Readonly<Record<string, string>>;
}

/** Tables that foreign keys lead to although they are not read themselves. */
export const referenced = `
  SELECT 'referenced' AS family, json_build_object(
           'oid', c.oid::text,
           'schema', n.nspname,
           'name', c.relname,
           'columns', (SELECT json_object_agg(a.attnum, a.attname)
                         FROM pg_attribute a
                        WHERE a.attrelid = c.oid AND a.attnum > 0))::text AS fields
    FROM (SELECT con.confrelid AS oid FROM our_constraint con WHERE con.contype = 'f'
          EXCEPT
          SELECT t.oid FROM our_table t) AS outside
    JOIN pg_class c ON c.oid = outside.oid
    JOIN pg_namespace n ON n.oid = c.relnamespace`;

export interface CheckRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  readonly expression: string;
  readonly validated: boolean;
  readonly noInherit: boolean;
  readonly enforced: boolean;
}

export const checks = ({ from18 }: Features): string => `
  SELECT 'check' AS family, json_build_object(
           'oid', con.oid::text,
           'table', con.conrelid::text,
           'name', con.conname,
           'expression', pg_get_expr(con.conbin, con.conrelid),
           'validated', con.convalidated,
           'noInherit', con.connoinherit,
           'enforced', ${from18 ? 'con.conenforced' : 'true'})::text AS fields
    FROM our_constraint con
   WHERE con.contype = 'c'`;
