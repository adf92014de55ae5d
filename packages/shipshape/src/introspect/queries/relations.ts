// Catalogue queries: schemas, tables and views.
import type { TableAccess } from '../../catalog/index.ts';
import { type FactRow, family, plainFamily } from './family.ts';

export interface SchemaRow {
  readonly oid: string;
  readonly name: string;
}

export const schemas = family<SchemaRow>('schema', (_, among) => ({
  fields: `'oid', s.oid::text, 'name', s.name`,
  from: `FROM our_schema s WHERE ${among('s.oid')}`,
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

export const relationKinds: Readonly<Record<RelationLetter, 'table' | 'view' | 'materialized view'>> = {
  r: 'table',
  p: 'table',
  f: 'table',
  v: 'view',
  m: 'materialized view',
};

export interface RelationRow {
  readonly oid: string;
  readonly schema: string;
  readonly name: string;
  readonly kind: RelationLetter;
  /** What the connected role may do with it. */
  readonly access: TableAccess;
  /** The server of a foreign table. */
  readonly server: string | null;
}

const columnRights = ['SELECT', 'INSERT', 'UPDATE'] as const;

const hasSomeColumns = (who: string): string =>
  columnRights
    .map(
      (right) =>
        `NOT has_table_privilege(${who}r.oid, '${right}') AND has_any_column_privilege(${who}r.oid, '${right}')`,
    )
    .join(' OR ');

/**
 * The columns that the role has a right on which it lacks on the table, as JSON; null where that is none. `who`: what
 * comes before the other arguments, `$1::name, ` say; '' for the connected role.
 */
export const someColumnsOf = (who: string): string => `
                CASE WHEN ${hasSomeColumns(who)}
                     THEN (SELECT json_build_object(${columnRights
                       .map(
                         (right) =>
                           `'${right.toLowerCase()}', json_agg(a.attname) FILTER (WHERE has_column_privilege(${who}r.oid, a.attnum, '${right}'))`,
                       )
                       .join(', ')})
                             FROM pg_attribute a
                            WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped)
                END`;

/** Five letters, `t` or `f`: USAGE of its schema, SELECT, INSERT, UPDATE, DELETE. `who`: as in `someColumnsOf`. */
export const rightsOf = (
  who: string,
): string => `concat(has_schema_privilege(${who}r.relnamespace, 'USAGE'), has_table_privilege(${who}r.oid, 'SELECT'),
                 has_table_privilege(${who}r.oid, 'INSERT'), has_table_privilege(${who}r.oid, 'UPDATE'),
                 has_table_privilege(${who}r.oid, 'DELETE'))`;

export const rights = rightsOf('');

const relationColumns = { of: 'r.oid', a: 'r.schema', b: 'r.name', c: 'r.kind', d: rights } as const;

export const relations = plainFamily<RelationRow>(
  'relation',
  () => ({
    columns: {
      ...relationColumns,
      e: someColumnsOf(''),
      f: `CASE WHEN r.kind = 'f' THEN (SELECT s.srvname
                                         FROM pg_foreign_table t
                                         JOIN pg_foreign_server s ON s.oid = t.ftserver
                                        WHERE t.ftrelid = r.oid) END`,
    },
    from: 'FROM our_relation r',
  }),
  ({ of, a, b, c, d, e, f }) => ({
    oid: of as string,
    schema: a as string,
    name: b as string,
    kind: c as RelationLetter,
    access: parseAccess(d as string, e),
    server: f,
  }),
);

/**
 * The same for most of them, and `g` for those of which `relations` has more to say: foreign tables, and what the role has
 * a right on some columns of. Where there are none of them, a small schema is planned and read in a tenth less.
 */
export const commonRelations = plainFamily<RelationRow>(
  relations.name,
  () => ({
    columns: { ...relationColumns, g: `r.kind = 'f' OR ${hasSomeColumns('')}` },
    from: 'FROM our_relation r',
  }),
  relations.parse,
);

/** Of what `commonRelations` gives. */
export const isUncommon = ({ family, g }: FactRow): boolean => family === relations.name && g === true;

/** `letters`: five, as `rights` has them. `someOfColumns`: JSON. */
export function parseAccess(letters: string, someOfColumns: string | null): TableAccess {
  const may = (at: number) => letters[at] === 't';
  const access = { usage: may(0), select: may(1), insert: may(2), update: may(3), delete: may(4) };
  if (someOfColumns === null) return access;
  const { select, insert, update } = JSON.parse(someOfColumns) as Record<string, readonly string[] | null>;
  return { ...access, columns: { select: select ?? [], insert: insert ?? [], update: update ?? [] } };
}

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
   WHERE r.kind = 'p'
      OR r.kind IN ('r', 'f') AND (c.relispartition OR c.relrowsecurity OR c.relforcerowsecurity OR c.relpersistence = 'u'
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
