// Catalogue query: what the connected role may do with each table and view.
import type { TableAccess } from '../reading.ts';
import { family } from './family.ts';

export interface AccessRow extends Omit<TableAccess, 'columns'> {
  readonly table: string;
  readonly columns: {
    readonly select: readonly string[] | null;
    readonly insert: readonly string[] | null;
    readonly update: readonly string[] | null;
  } | null;
}

const rights = ['SELECT', 'INSERT', 'UPDATE'] as const;

export const access = family<AccessRow>('access', () => ({
  fields: `
           'table', r.oid::text,
           'usage', has_schema_privilege(r.relnamespace, 'USAGE'),
           'select', has_table_privilege(r.oid, 'SELECT'),
           'insert', has_table_privilege(r.oid, 'INSERT'),
           'update', has_table_privilege(r.oid, 'UPDATE'),
           'delete', has_table_privilege(r.oid, 'DELETE'),
           'columns', CASE WHEN ${rights
             .map(
               (right) =>
                 `NOT has_table_privilege(r.oid, '${right}') AND has_any_column_privilege(r.oid, '${right}')`,
             )
             .join(' OR ')}
                      THEN (SELECT json_build_object(${rights
                        .map(
                          (right) =>
                            `'${right.toLowerCase()}', json_agg(a.attname) FILTER (WHERE has_column_privilege(r.oid, a.attnum, '${right}'))`,
                        )
                        .join(', ')})
                              FROM pg_attribute a
                             WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped)
                      END`,
  from: 'FROM our_relation r',
}));
