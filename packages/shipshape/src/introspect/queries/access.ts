// Catalogue query: what the connected role may do with each table.
import type { TableAccess } from '../reading.ts';

export interface AccessRow extends TableAccess {
  readonly table: string;
}

export const access = `
  SELECT 'access' AS family, json_build_object(
           'table', t.oid::text,
           'usage', has_schema_privilege(t.relnamespace, 'USAGE'),
           'select', has_table_privilege(t.oid, 'SELECT'),
           'insert', has_table_privilege(t.oid, 'INSERT'),
           'update', has_table_privilege(t.oid, 'UPDATE'),
           'delete', has_table_privilege(t.oid, 'DELETE'))::text AS fields
    FROM our_relation t`;
