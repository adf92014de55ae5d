// searchPathOf: a tenant's schema comes first where unqualified names are looked up and things are made.
import { quoteIdentifier, quoteLiteral } from '../catalog/index.ts';

/**
 * Statements that put the schema before what the connection looks through by itself; none for the database's own
 * scope. They may be sent again: the connection's own path is taken afresh each time.
 */
export function searchPathOf(scope: string, during: 'session' | 'transaction'): readonly string[] {
  if (scope === '') return [];
  const local = during === 'transaction';
  const schema = quoteLiteral(quoteIdentifier(scope));
  return [
    `SET ${local ? 'LOCAL ' : ''}search_path TO DEFAULT`,
    `SELECT pg_catalog.set_config('search_path',
       pg_catalog.concat_ws(', ', ${schema}, nullif(pg_catalog.current_setting('search_path'), '')), ${local})`,
  ];
}
