// Catalogue queries: schemas, tables and views.
import { family } from './family.ts';

export interface SchemaRow {
  readonly oid: string;
  readonly name: string;
}

export const schemas = family<SchemaRow>('schema', () => ({
  fields: `'oid', s.oid::text, 'name', s.name`,
  from: 'FROM our_schema s',
}));

export interface SetAsideRow {
  readonly name: string;
}

export const setAside = family<SetAsideRow>('set aside', () => ({
  fields: `'name', n.nspname`,
  from: 'FROM pg_namespace n WHERE n.nspname = ANY ($2::name[])',
}));

/** Letters as manual 51.11 has them. */
export type RelationLetter = 'r' | 'p' | 'f' | 'v' | 'm';

export interface RelationRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationLetter;
  /** The server of a foreign table. */
  readonly server: string | null;
}

export const relations = family<RelationRow>('relation', () => ({
  fields: `
           'oid', r.oid::text,
           'schema', r.schema,
           'name', r.name,
           'kind', r.kind,
           'server', CASE WHEN r.kind = 'f' THEN
                       (SELECT f.srvname
                          FROM pg_foreign_table t
                          JOIN pg_foreign_server f ON f.oid = t.ftserver
                         WHERE t.ftrelid = r.oid)
                     END`,
  from: 'FROM our_relation r',
}));

interface Named {
  readonly schema: string;
  readonly name: string;
}

/** What tables have that is out of the ordinary; only those that have any of it. */
export interface TableDetailRow {
  readonly oid: string;
  readonly partitionBy: string | null;
  readonly bound: string | null;
  /** In order: what it is a partition of, or inherits from. */
  readonly parents: readonly Named[] | null;
  readonly rowSecurity: boolean;
  readonly rowSecurityForced: boolean;
  readonly unlogged: boolean;
}

export const tableDetails = family<TableDetailRow>('table detail', () => ({
  fields: `
           'oid', c.oid::text,
           'partitionBy', CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END,
           'bound', CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END,
           'parents', (SELECT json_agg(json_build_object('schema', n.nspname, 'name', p.relname) ORDER BY h.inhseqno)
                         FROM pg_inherits h
                         JOIN pg_class p ON p.oid = h.inhparent
                         JOIN pg_namespace n ON n.oid = p.relnamespace
                        WHERE h.inhrelid = c.oid),
           'rowSecurity', c.relrowsecurity,
           'rowSecurityForced', c.relforcerowsecurity,
           'unlogged', c.relpersistence = 'u'`,
  from: `
    FROM our_relation r
    JOIN pg_class c ON c.oid = r.oid
   WHERE r.kind IN ('p', 'f')
      OR r.kind = 'r' AND (c.relispartition OR c.relrowsecurity OR c.relforcerowsecurity OR c.relpersistence = 'u'
                           OR EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid))`,
}));

export interface ViewDetailRow {
  readonly oid: string;
  readonly definition: string;
  readonly options: readonly string[] | null;
  readonly populated: boolean;
}

/** Options of a materialized view are those of its storage. */
export const viewDetails = family<ViewDetailRow>('view detail', () => ({
  fields: `
           'oid', c.oid::text,
           'definition', btrim(pg_get_viewdef(c.oid), ' ;'),
           'options', CASE WHEN r.kind = 'v' THEN c.reloptions END,
           'populated', c.relispopulated`,
  from: `
    FROM our_relation r
    JOIN pg_class c ON c.oid = r.oid
   WHERE r.kind IN ('v', 'm')`,
}));
