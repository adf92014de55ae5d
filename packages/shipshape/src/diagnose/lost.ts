// findLost: the columns that hands took from tables which are still there.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Column,
  indexByKey,
  renderAddressKey,
} from '../catalog/index.ts';

/** The lost columns of a table, in the order in which they are brought back. */
export type Lost = (schema: string, table: string) => readonly Column[];

/** Those that the code needs are brought back first. */
export function findLost(made: Catalog, live: Catalog, isNeeded: (column: Column) => boolean): Lost {
  const there = indexByKey(live);
  const lost = new Map<string, Column[]>();
  for (const column of made.objects) {
    if (column.kind !== 'column' || there.has(renderAddressKey(addressOf(column)))) continue;
    const table = renderAddressKey({ kind: 'table', schema: column.schema, name: column.table });
    if (there.has(table)) lost.set(table, [...(lost.get(table) ?? []), column]);
  }
  const inOrder = (columns: readonly Column[]) => [
    ...columns.filter(isNeeded),
    ...columns.filter((column) => !isNeeded(column)),
  ];
  const ordered = new Map([...lost].map(([table, columns]) => [table, inOrder(columns)]));
  return (schema, table) => ordered.get(renderAddressKey({ kind: 'table', schema, name: table })) ?? [];
}

/** Those of the object's own table. */
export function lostBeside(object: CatalogObject, lost: Lost): readonly Column[] {
  return 'table' in object ? lost(object.schema, object.table) : [];
}
