// Catalogue queries: indexes that are not the work of a constraint, exclusion constraints, and the operator classes of both.
import type { Features } from './features.ts';
import { collationName } from './relations.ts';

/** What an index and an exclusion constraint are both made of. */
export interface KeyedRow {
  readonly oid: string;
  readonly table: string;
  readonly name: string;
  readonly method: string;
  /** Numbers of columns, 0 for an expression: first the keys, then the columns of INCLUDE (manual 51.26). */
  readonly columns: readonly number[];
  /** How many of them are keys. */
  readonly keys: number;
  /** One a key. Bit 1: descending; bit 2: nulls first. */
  readonly options: readonly number[];
  /** One a key. */
  readonly opclasses: readonly (string | number)[];
  /** One a key: as SQL, where it is not the column's own; of an expression, where it is not the database's. */
  readonly collations: readonly (string | null)[] | null;
  /** One a key that is an expression, in their order. */
  readonly expressions: readonly string[] | null;
  readonly predicate: string | null;
}

export interface IndexRow extends KeyedRow {
  readonly unique: boolean;
  readonly nullsNotDistinct: boolean;
  readonly valid: boolean;
}

export interface ExclusionRow extends KeyedRow {
  /** One a key, as SQL. */
  readonly operators: readonly string[];
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}

/** The default collation of a database has this oid (manual 51.12). */
const databaseCollation = 100;

const keyed = `
           'method', am.amname,
           'columns', i.indkey,
           'keys', i.indnkeyatts,
           'options', i.indoption,
           'opclasses', i.indclass,
           'collations', CASE WHEN EXISTS (SELECT FROM unnest(i.indcollation) AS used WHERE used NOT IN (0, ${databaseCollation})) THEN
                           (SELECT json_agg(
                                     CASE WHEN used.oid <> 0 AND used.oid <> coalesce(
                                                 (SELECT a.attcollation FROM pg_attribute a
                                                   WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[used.n - 1] AND a.attnum > 0),
                                                 ${databaseCollation})
                                          THEN ${collationName('used.oid')} END ORDER BY used.n)
                              FROM unnest(i.indcollation) WITH ORDINALITY AS used (oid, n))
                         END,
           'expressions', CASE WHEN i.indexprs IS NOT NULL THEN
                            (SELECT json_agg(pg_get_indexdef(i.indexrelid, k, true) ORDER BY k)
                               FROM generate_series(1, i.indnkeyatts::int) AS k
                              WHERE i.indkey[k - 1] = 0)
                          END,
           'predicate', pg_get_expr(i.indpred, i.indrelid)`;

/** `unique`: only unique ones. */
export const indexes = ({ from15 }: Features, unique = false): string => `
  SELECT 'index' AS family, json_build_object(
           'oid', i.indexrelid::text,
           'table', i.indrelid::text,
           'name', c.relname,
           'unique', i.indisunique,${keyed},
           'nullsNotDistinct', ${from15 ? 'i.indnullsnotdistinct' : 'false'},
           'valid', i.indisvalid)::text AS fields
    FROM our_relation t
    JOIN pg_index i ON i.indrelid = t.oid${unique ? ' AND i.indisunique' : ''}
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am am ON am.oid = c.relam
   WHERE NOT EXISTS (SELECT FROM pg_constraint con
                      WHERE con.conindid = i.indexrelid AND con.contype IN ('p', 'u', 'x'))`;

export const exclusions = `
  SELECT 'exclusion' AS family, json_build_object(
           'oid', con.oid::text,
           'table', con.conrelid::text,
           'name', con.conname,${keyed},
           'operators', (SELECT json_agg(CASE WHEN onsp.nspname = 'pg_catalog' THEN op.oprname
                                              ELSE 'OPERATOR(' || quote_ident(onsp.nspname) || '.' || op.oprname || ')' END
                                         ORDER BY used.n)
                           FROM unnest(con.conexclop) WITH ORDINALITY AS used (oid, n)
                           JOIN pg_operator op ON op.oid = used.oid
                           JOIN pg_namespace onsp ON onsp.oid = op.oprnamespace),
           'deferrable', con.condeferrable,
           'initiallyDeferred', con.condeferred)::text AS fields
    FROM our_constraint con
    JOIN pg_index i ON i.indexrelid = con.conindid
    JOIN pg_class c ON c.oid = i.indexrelid
    JOIN pg_am am ON am.oid = c.relam
   WHERE con.contype = 'x'`;

export interface OpclassRow {
  readonly oid: string;
  /** As SQL. */
  readonly name: string;
}

/** Only those that are no type's default: they are what CREATE INDEX has to say. */
export const opclasses = `
  SELECT 'opclass' AS family, json_build_object(
           'oid', o.oid::text,
           'name', CASE WHEN n.nspname = 'pg_catalog' THEN '' ELSE quote_ident(n.nspname) || '.' END
                   || quote_ident(o.opcname))::text AS fields
    FROM pg_opclass o
    JOIN pg_namespace n ON n.oid = o.opcnamespace
   WHERE NOT o.opcdefault
     AND o.oid IN (SELECT unnest(i.indclass) FROM our_relation t JOIN pg_index i ON i.indrelid = t.oid)`;
