// All rows of a need's reading to its relations and types.
import {
  type Catalog,
  type CatalogObject,
  type Domain,
  type Enum,
  makeCatalog,
} from '../../catalog/index.ts';
import type { FactRow } from '../queries/family.ts';
import { arbiters, neededTypes, packedColumns, packedDefaults, typesOfColumns } from '../queries/needed.ts';
import { relations } from '../queries/relations.ts';
import type { NeededReading, Server } from '../reading.ts';
import { RelationOfRows } from './needed-relation.ts';
import { groupRows } from './rows.ts';

export function assembleNeeded(facts: readonly FactRow[], server: Server): NeededReading {
  const rows = groupRows(facts);
  const types = new Map(rows(typesOfColumns).map(({ key, name }) => [key, name]));
  const columnsOf = new Map(rows(packedColumns).map((row) => [row.table, row]));
  const defaultsOf = new Map(rows(packedDefaults).map((row) => [row.table, row]));
  const arbitersOf = groupByTable(rows(arbiters));
  const found = rows(relations).map(
    (row) =>
      new RelationOfRows(
        {
          row,
          columns: columnsOf.get(row.oid),
          defaults: defaultsOf.get(row.oid),
          arbiters: arbitersOf.get(row.oid) ?? [],
        },
        types,
      ),
  );
  const enums: Enum[] = [];
  const domains: Domain[] = [];
  for (const { kind, schema, name, labels, type, required, ...row } of rows(neededTypes))
    if (kind === 'enum') enums.push({ kind, schema, name, labels });
    else domains.push({ kind, schema, name, type, nullable: !required, default: row.default, checks: [] });
  let catalog: Catalog | null = null;
  return {
    server,
    relations: found,
    enums,
    domains,
    get catalog() {
      const objects: CatalogObject[] = [...enums, ...domains];
      for (const { table, columns, arbiters: keys } of found)
        objects.push(table, ...(table.kind === 'table' ? columns.values() : []), ...keys);
      catalog ??= makeCatalog(objects);
      return catalog;
    },
  };
}

function groupByTable<Row extends { readonly table: string }>(
  rows: readonly Row[],
): ReadonlyMap<string, readonly Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const others = groups.get(row.table);
    if (others === undefined) groups.set(row.table, [row]);
    else others.push(row);
  }
  return groups;
}
