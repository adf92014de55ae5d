// An index's row to its noun.
import type { Index, Table } from '../../catalog/index.ts';
import type { IndexRow } from '../queries/indexes.ts';

export function assembleIndex(row: IndexRow, table: Table): Index {
  return {
    kind: 'index',
    schema: table.schema,
    table: table.name,
    name: row.name,
    unique: row.unique,
    method: row.method,
    keys: row.keys.map(({ expression, opclass, option }) => ({
      expression,
      opclass,
      descending: (option & 1) !== 0,
      nulls: (option & 2) !== 0 ? 'first' : 'last',
    })),
    include: row.include ?? [],
    predicate: row.predicate,
    nullsDistinct: !row.nullsNotDistinct,
    valid: row.valid,
  };
}
