// All rows of a reading to its catalog, its access and what was set aside.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  makeCatalog,
  renderAddressKey,
} from '../../catalog/index.ts';
import type { FactRow } from '../catalogue-query.ts';
import type { AccessRow } from '../queries/access.ts';
import type { CheckRow, ForeignKeyRow, KeyRow, ReferencedRow } from '../queries/constraints.ts';
import type { EnumRow } from '../queries/enums.ts';
import type { IndexRow, OpclassRow } from '../queries/indexes.ts';
import type { ColumnRow, SchemaRow, TableRow } from '../queries/relations.ts';
import type { TableAccess } from '../reading.ts';
import { assembleColumn } from './column.ts';
import { assembleCheck, assembleForeignKey, assembleKey } from './constraints.ts';
import { assembleIndex } from './index-of-table.ts';
import { Names } from './names.ts';

export interface Assembled {
  readonly catalog: Catalog;
  readonly access: ReadonlyMap<string, TableAccess>;
  readonly setAside: readonly string[];
}

/** Throws an Error when rows do not belong together, which rows of one state of the catalogue always do. */
export function assembleFacts(facts: readonly FactRow[], columns: readonly ColumnRow[]): Assembled {
  const byFamily = new Map<string, string[]>();
  for (const { family, fields } of facts) {
    const known = byFamily.get(family) ?? [];
    byFamily.set(family, known);
    known.push(fields);
  }
  const rows = <Row>(family: string): readonly Row[] =>
    (byFamily.get(family) ?? []).map((fields) => JSON.parse(fields) as Row);

  const tables = rows<TableRow>('table');
  const names = makeNames(tables, columns, rows<ReferencedRow>('referenced'));
  const opclasses = new Map(rows<OpclassRow>('opclass').map(({ oid, name }) => [oid, name]));
  const objects: CatalogObject[] = [
    ...rows<SchemaRow>('schema').map(({ name }): CatalogObject => ({ kind: 'schema', schema: name })),
    ...rows<EnumRow>('enum').map(
      ({ schema, name, labels }): CatalogObject => ({ kind: 'enum', schema, name, labels: labels ?? [] }),
    ),
    ...tables.map(({ oid }) => names.table(oid)),
    ...columns.map((row) => assembleColumn(row, names)),
    ...rows<KeyRow>('key').map((row) => assembleKey(row, names)),
    ...rows<ForeignKeyRow>('foreign key').map((row) => assembleForeignKey(row, names)),
    ...rows<CheckRow>('check').map((row) => assembleCheck(row, names)),
    ...rows<IndexRow>('index').map((row) => assembleIndex(row, names, opclasses)),
  ];
  const access = rows<AccessRow>('access').map(({ table, ...may }): [string, TableAccess] => [
    renderAddressKey(addressOf(names.table(table))),
    may,
  ]);
  const setAside = rows<SchemaRow>('set aside').map(({ name }) => name);
  return { catalog: makeCatalog(objects), access: new Map(access), setAside: setAside.sort() };
}

function makeNames(
  tables: readonly TableRow[],
  columns: readonly ColumnRow[],
  referenced: readonly ReferencedRow[],
): Names {
  const names = new Names();
  for (const { oid, schema, name } of [...tables, ...referenced])
    names.addTable(oid, { kind: 'table', schema, name });
  for (const { table, number, name } of columns) names.addColumn(table, number, name);
  for (const table of referenced)
    for (const [number, name] of Object.entries(table.columns))
      names.addColumn(table.oid, Number(number), name);
  return names;
}
