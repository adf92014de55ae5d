// Catalogue query: what the connected role may do with each table and view.
import type { TableAccess } from '../reading.ts';
import { family } from './family.ts';

export interface AccessRow extends TableAccess {
  readonly table: string;
}

export const access = family<AccessRow>('access', () => ({
  fields: `
           'table', r.oid::text,
           'usage', has_schema_privilege(r.relnamespace, 'USAGE'),
           'select', has_table_privilege(r.oid, 'SELECT'),
           'insert', has_table_privilege(r.oid, 'INSERT'),
           'update', has_table_privilege(r.oid, 'UPDATE'),
           'delete', has_table_privilege(r.oid, 'DELETE')`,
  from: 'FROM our_relation r',
}));
