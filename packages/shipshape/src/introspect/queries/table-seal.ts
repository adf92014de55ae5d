// Catalogue query: one word for all that some tables are made of, so that a server can say by itself whether they are as they should be.
import type { Dialect } from './dialect.ts';

/** Each text is made once: what it is sorted by is what it is called. In one order on every server. */
const lines = (text: string, name: string) => `string_agg(${text}, E'\\n' ORDER BY ${name} COLLATE "C")`;

/** In their order. A collation is told where it is another than the database's own (100). */
const columns = `
  SELECT string_agg(concat(quote_ident(a.attname), ' ', format_type(a.atttypid, a.atttypmod), ' ', a.attnotnull, a.attidentity,
                           a.attgenerated, ' ', CASE WHEN a.attcollation NOT IN (0, 100) THEN a.attcollation::regcollation END, ' ',
                           pg_get_expr(d.adbin, d.adrelid)),
                    E'\\n' ORDER BY a.attnum)
    FROM pg_attribute a
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped`;

/** The copies that PostgreSQL keeps on the same table for each partition of the referenced table are left out. */
const constraints = ({ enforced, period, deleteColumns }: Dialect) => `
  SELECT ${lines(
    `concat(quote_ident(con.conname), ' ', con.contype, ' ', con.conkey, ' ', con.condeferrable, con.condeferred, con.convalidated,
            con.connoinherit, ${enforced}, ${period}, ' ', CASE WHEN con.contype = 'f' THEN con.confrelid::regclass END, ' ', con.confkey,
            con.confupdtype, con.confdeltype, con.confmatchtype, ' ', ${deleteColumns}, ' ',
            CASE WHEN con.contype = 'x' THEN pg_get_constraintdef(con.oid) END, ' ', pg_get_expr(con.conbin, con.conrelid))`,
    'con.conname',
  )}
    FROM pg_constraint con
   WHERE con.conrelid = c.oid AND con.contype IN ('p', 'u', 'f', 'c', 'x')
     AND (con.conparentid = 0 OR NOT EXISTS (SELECT FROM pg_constraint parent
                                              WHERE parent.oid = con.conparentid AND parent.conrelid = con.conrelid))`;

/** The objects that every server of a major version has have one number there, below this (FirstUnpinnedObjectId). */
const pinned = 12_000;
const isPinned = `x.relam < ${pinned} AND ${pinned} > ALL (i.indclass::oid[]) AND ${pinned} > ALL (i.indcollation::oid[])`;

/** Numbers where they mean the same everywhere: to print an index costs ten times as much. */
const indexes = ({ nullsNotDistinct }: Dialect) => `
  SELECT ${lines(
    `concat(quote_ident(x.relname), ' ', i.indisunique, i.indisvalid, ${nullsNotDistinct}, ' ', i.indnkeyatts, ' ', i.indkey, ' ',
            i.indoption, ' ', CASE WHEN i.indexprs IS NULL AND ${isPinned}
                                   THEN concat(x.relam, ' ', i.indclass, ' ', i.indcollation)
                                   ELSE pg_get_indexdef(i.indexrelid) END, ' ', pg_get_expr(i.indpred, i.indrelid))`,
    'x.relname',
  )}
    FROM pg_index i
    JOIN pg_class x ON x.oid = i.indexrelid
   WHERE i.indrelid = c.oid`;

/** Those that its columns own (manual 51.18, deptype). */
const sequences = `
  SELECT ${lines(
    `concat(q.seqrelid::regclass, ' ', o.refobjsubid, o.deptype, ' ', format_type(q.seqtypid, NULL), ' ',
            concat_ws(' ', q.seqstart, q.seqincrement, q.seqmin, q.seqmax, q.seqcache, q.seqcycle))`,
    'q.seqrelid::regclass::text',
  )}
    FROM pg_depend o
    JOIN pg_sequence q ON q.seqrelid = o.objid
   WHERE o.refclassid = 'pg_class'::regclass AND o.refobjid = c.oid AND o.refobjsubid > 0
     AND o.classid = 'pg_class'::regclass AND o.deptype IN ('a', 'i')`;

const parents = `
  SELECT string_agg(h.inhparent::regclass::text, ', ' ORDER BY h.inhseqno) FROM pg_inherits h WHERE h.inhrelid = c.oid`;

const server = `
  SELECT s.srvname FROM pg_foreign_table t JOIN pg_foreign_server s ON s.oid = t.ftserver WHERE t.ftrelid = c.oid`;

/**
 * Columns are told by their numbers. What hangs on a table besides (triggers, policies, remarks) is not in it, nor are rights.
 */
const table = (dialect: Dialect) => `
  concat_ws(E'\\n',
    concat(quote_ident(n.nspname), '.', quote_ident(c.relname), ' ', c.relkind, c.relpersistence,
           c.relrowsecurity, c.relforcerowsecurity),
    CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
    CASE WHEN c.relispartition THEN concat('bound ', pg_get_expr(c.relpartbound, c.oid)) END,
    CASE WHEN c.relkind = 'f' THEN (${server}) END,
    concat('of ', (${parents})),
    (${columns}), (${constraints(dialect)}), (${indexes(dialect)}), (${sequences}))`;

/**
 * $1: names of tables; $2: the schemas that they are looked up in; $3: the seal that they should have, or null. Gives the seal
 * that they have, and is refused (22P02) where it is another one.
 */
export const tableSeal = (dialect: Dialect): string => `
  SELECT seal, CASE WHEN $3 IS NULL OR seal = $3 THEN '1' ELSE 'another seal' END::int
    FROM (SELECT encode(sha256(convert_to(coalesce(
                   string_agg(${table(dialect)}, E'\\n\\n' ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C"), ''), 'UTF8')), 'hex') AS seal
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
           WHERE c.relname = ANY ($1) AND n.nspname = ANY ($2) AND c.relkind IN ('r', 'p', 'f', 'v', 'm')) AS said`;
