// All rows of a reading to its catalog, its access and what was set aside.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  makeCatalog,
  renderAddressKey,
  type Table,
} from '../../catalog/index.ts';
import type { FactRow } from '../catalogue-query.ts';
import type { AccessRow } from '../queries/access.ts';
import type { ConstraintRow } from '../queries/constraints.ts';
import type { EnumRow } from '../queries/enums.ts';
import type { IndexRow } from '../queries/indexes.ts';
import type { ColumnRow, SchemaRow, TableRow } from '../queries/relations.ts';
import type { TableAccess } from '../reading.ts';
import { assembleColumn } from './column.ts';
import { assembleConstraint } from './constraint.ts';
import { assembleIndex } from './index-of-table.ts';

export interface Assembled {
  readonly catalog: Catalog;
  readonly access: ReadonlyMap<string, TableAccess>;
  readonly setAside: readonly string[];
}

/** Throws an Error when rows do not belong together, which rows of one state of the catalogue always do. */
export function assembleFacts(facts: readonly FactRow[], columns: readonly ColumnRow[]): Assembled {
  const byFamily = new Map<string, string[]>();
  for (const { family, fields } of facts) {
    const known = byFamily.get(family);
    if (known === undefined) byFamily.set(family, [fields]);
    else known.push(fields);
  }
  const rowsOf = <Row>(family: string): readonly Row[] =>
    (byFamily.get(family) ?? []).map((fields) => JSON.parse(fields) as Row);

  const tables = new Map(
    rowsOf<TableRow>('table').map(({ oid, schema, name }): [string, Table] => [
      oid,
      { kind: 'table', schema, name },
    ]),
  );
  const tableOf = (row: { readonly table: string }): Table => {
    const table = tables.get(row.table);
    if (table === undefined) throw new Error(`a row of a table that was not read (oid ${row.table})`);
    return table;
  };
  const objects: CatalogObject[] = [
    ...rowsOf<SchemaRow>('schema').map(({ name }): CatalogObject => ({ kind: 'schema', schema: name })),
    ...rowsOf<EnumRow>('enum').map(
      ({ schema, name, labels }): CatalogObject => ({ kind: 'enum', schema, name, labels: labels ?? [] }),
    ),
    ...tables.values(),
    ...columns.map((row) => assembleColumn(row, tableOf(row))),
    ...rowsOf<ConstraintRow>('constraint').map((row) => assembleConstraint(row, tableOf(row))),
    ...rowsOf<IndexRow>('index').map((row) => assembleIndex(row, tableOf(row))),
  ];
  const access = rowsOf<AccessRow>('access').map((row): [string, TableAccess] => {
    const { table: _, ...may } = row;
    return [renderAddressKey(addressOf(tableOf(row))), may];
  });
  return {
    catalog: makeCatalog(objects),
    access: new Map(access),
    setAside: rowsOf<SchemaRow>('set aside')
      .map(({ name }) => name)
      .sort(),
  };
}
