// Catalogue query: sequences, with the columns that own them.
import { family } from './family.ts';
import { notOfExtension } from './ours.ts';

export interface SequenceRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly type: string;
  readonly start: string;
  readonly increment: string;
  readonly min: string;
  readonly max: string;
  readonly cache: string;
  readonly cycle: boolean;
  readonly owner: SequenceOwner | null;
}

export interface SequenceOwner {
  /** The table's oid and the column's number, and their names. */
  readonly oid: string;
  readonly number: number;
  readonly schema: string;
  readonly table: string;
  readonly column: string;
  /** What the column is filled from (identity, or a default that names the sequence). */
  readonly fills: boolean;
}

/** An identity column's sequence depends on it internally (`i`), one that is OWNED BY a column automatically (`a`; manual 51.18). */
export const sequences = family<SequenceRow>('sequence', (_, among) => ({
  fields: `
           'oid', q.seqrelid::text,
           'schema', s.name,
           'name', c.relname,
           'type', format_type(q.seqtypid, NULL),
           'start', q.seqstart::text,
           'increment', q.seqincrement::text,
           'min', q.seqmin::text,
           'max', q.seqmax::text,
           'cache', q.seqcache::text,
           'cycle', q.seqcycle,
           'owner', CASE WHEN t.oid IS NOT NULL THEN json_build_object(
                      'oid', t.oid::text,
                      'number', a.attnum,
                      'schema', tn.nspname,
                      'table', t.relname,
                      'column', a.attname,
                      'fills', d.deptype = 'i' OR EXISTS (
                        SELECT FROM pg_attrdef f
                          JOIN pg_depend u ON u.classid = 'pg_attrdef'::regclass AND u.objid = f.oid
                                          AND u.refclassid = 'pg_class'::regclass AND u.refobjid = q.seqrelid
                         WHERE f.adrelid = d.refobjid AND f.adnum = d.refobjsubid))
                    END`,
  from: `
    FROM pg_class c
    JOIN our_schema s ON s.oid = c.relnamespace
    JOIN pg_sequence q ON q.seqrelid = c.oid
    LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.objsubid = 0
                         AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_class t ON t.oid = d.refobjid
    LEFT JOIN pg_namespace tn ON tn.oid = t.relnamespace
    LEFT JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
   WHERE c.relkind = 'S' AND (${among('c.oid')} OR ${among('t.oid')})
     AND ${notOfExtension('pg_class', 'c.oid')}`,
}));
