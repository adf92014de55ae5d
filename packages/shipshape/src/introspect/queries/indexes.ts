// Catalogue queries: indexes that are not the work of a key, and the operator classes and collations that they name.
import { family } from './family.ts';

export interface IndexRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  /** Numbers of columns, 0 for an expression: first the keys, then the columns of INCLUDE (manual 51.26). */
  readonly columns: readonly number[];
  /** How many of them are keys. */
  readonly keys: number;
  /** One a key. Bit 1: descending; bit 2: nulls first. */
  readonly options: readonly number[];
  /** One a key: an oid. */
  readonly opclasses: readonly (string | number)[];
  /** One a key: an oid, 0 where the type has none. */
  readonly collations: readonly (string | number)[];
  /** Of an index with expressions. */
  readonly printed: PrintedIndex | null;
  readonly predicate: string | null;
  readonly nullsNotDistinct: boolean;
  readonly valid: boolean;
}

export interface PrintedIndex {
  /** One a key. */
  readonly keys: readonly string[];
  /** The statement that creates it. */
  readonly whole: string;
}

const fields = (nullsNotDistinct: string) => `
           'oid', i.indexrelid::text,
           'table', i.indrelid::text,
           'name', c.relname,
           'unique', i.indisunique,
           'method', am.amname,
           'columns', i.indkey,
           'keys', i.indnkeyatts,
           'options', i.indoption,
           'opclasses', i.indclass,
           'collations', i.indcollation,
           'printed', CASE WHEN i.indexprs IS NOT NULL THEN json_build_object(
                        'keys', (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
                                   FROM generate_series(1, i.indnkeyatts::int) AS k),
                        'whole', pg_get_indexdef(i.indexrelid, 0, true))
                      END,
           'predicate', pg_get_expr(i.indpred, i.indrelid),
           'nullsNotDistinct', ${nullsNotDistinct},
           'valid', i.indisvalid`;

/** Those of exclusion constraints are among them. */
export const indexes = family<IndexRow>('index', ({ nullsNotDistinct }) => ({
  fields: fields(nullsNotDistinct),
  from: `
    FROM our_relation r
    JOIN pg_index i ON i.indrelid = r.oid
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am am ON am.oid = c.relam
   WHERE NOT EXISTS (SELECT FROM pg_constraint con
                      WHERE con.conrelid = i.indrelid AND con.conindid = i.indexrelid AND con.contype IN ('p', 'u'))`,
}));

export interface NamedRow {
  readonly oid: string;
  /** As SQL. */
  readonly name: string;
}

/** Only those that are no type's default: they are what CREATE INDEX has to say. */
export const opclasses = family<NamedRow>('opclass', () => ({
  fields: `
           'oid', o.oid::text,
           'name', CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END
                   || quote_ident(o.opcname)`,
  from: `
    FROM pg_opclass o
    JOIN pg_namespace n ON n.oid = o.opcnamespace
   WHERE NOT o.opcdefault
     AND o.oid IN (SELECT unnest(i.indclass) FROM our_relation r JOIN pg_index i ON i.indrelid = r.oid)`,
}));

/** Those that columns and indexes have. */
export const collationNames = family<NamedRow>('collation name', () => ({
  fields: `'oid', used.oid::text, 'name', used.oid::regcollation::text`,
  from: `
    FROM (SELECT a.attcollation AS oid FROM our_relation r JOIN pg_attribute a ON a.attrelid = r.oid
          UNION
          SELECT unnest(i.indcollation) FROM our_relation r JOIN pg_index i ON i.indrelid = r.oid) used
   WHERE used.oid <> 0`,
}));
