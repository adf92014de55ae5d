// An index's row to its noun.
import type { Index, IndexKey } from '../../catalog/index.ts';
import type { IndexRow, KeyedRow } from '../queries/indexes.ts';
import type { Names } from './names.ts';

/** `opclasses`: names by oid, of those that are not a type's default. */
export function assembleIndex(row: IndexRow, names: Names, opclasses: ReadonlyMap<string, string>): Index {
  const table = names.table(row.table);
  return {
    kind: 'index',
    schema: table.schema,
    table: table.name,
    name: row.name,
    unique: row.unique,
    method: row.method,
    keys: assembleKeys(row, names, opclasses),
    include: names.columns(row.table, row.columns.slice(row.keys)),
    predicate: row.predicate,
    nullsDistinct: !row.nullsNotDistinct,
    valid: row.valid,
  };
}

/** The keys of an index or an exclusion constraint. */
export function assembleKeys(
  row: KeyedRow,
  names: Names,
  opclasses: ReadonlyMap<string, string>,
): readonly IndexKey[] {
  const expressions = [...(row.expressions ?? [])];
  return row.columns.slice(0, row.keys).map((number, position) => {
    const [expression] = number === 0 ? expressions.splice(0, 1) : names.columns(row.table, [number]);
    const option = row.options[position] ?? 0;
    const collation = row.collations?.[position] ?? null;
    return {
      expression: expression as string,
      opclass: opclasses.get(String(row.opclasses[position])) ?? null,
      descending: (option & 1) !== 0,
      nulls: (option & 2) !== 0 ? 'first' : 'last',
      ...(collation === null ? {} : { collation }),
    };
  });
}
