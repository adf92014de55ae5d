// Relations with their columns, in the order of their names.
import { renderAddressKey } from '../../catalog/index.ts';
import { type ColumnRow, columns } from '../queries/columns.ts';
import { type RelationRow, relationKinds, relations } from '../queries/relations.ts';
import type { Rows } from './rows.ts';

export interface Filled {
  readonly row: RelationRow;
  /** Its address key. */
  readonly key: string;
  /** In the order of their numbers. */
  readonly columns: readonly ColumnRow[];
}

/** What is assembled in this order is in that of a catalog, or nearly, and need not be sorted. */
export function fillRelations(rows: Rows): readonly Filled[] {
  const inside = new Map<string, ColumnRow[]>(rows(relations).map(({ oid }) => [oid, []]));
  for (const row of rows(columns)) inside.get(row.of)?.push(row);
  return rows(relations)
    .map((row) => {
      const key = renderAddressKey({ kind: relationKinds[row.kind], schema: row.schema, name: row.name });
      return { row, key, order: `${key}.`, columns: inNumberOrder(inside.get(row.oid) as ColumnRow[]) };
    })
    .sort((a, b) => (a.order < b.order ? -1 : 1));
}

/** They mostly come so, and are only looked at then. */
function inNumberOrder(own: ColumnRow[]): readonly ColumnRow[] {
  const numbers = own.map(({ e }) => Number(e));
  const isInOrder = numbers.every((number, at) => at === 0 || (numbers[at - 1] as number) < number);
  return isInOrder ? own : own.sort((a, b) => Number(a.e) - Number(b.e));
}
