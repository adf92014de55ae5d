// All rows of a reading to its catalog, its access, and what was set aside or not compared.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  makeCatalog,
  renderAddressKey,
} from '../../catalog/index.ts';
import { type AccessRow, access } from '../queries/access.ts';
import type { ColumnRow } from '../queries/columns.ts';
import { checks, exclusions, foreignKeys, keys, referenced } from '../queries/constraints.ts';
import type { FactRow } from '../queries/family.ts';
import { collationNames, indexes, type NamedRow, opclasses } from '../queries/indexes.ts';
import { relations, schemas, setAside, tableDetails, viewDetails } from '../queries/relations.ts';
import { aggregates, extensions, policies, routines, triggers } from '../queries/routines.ts';
import { sequences as sequenceRows } from '../queries/sequences.ts';
import { uncompared } from '../queries/uncompared.ts';
import { collations as collationRows, composites, domains, enums, ranges } from '../queries/user-types.ts';
import type { TableAccess, Uncompared } from '../reading.ts';
import { assembleColumn } from './column.ts';
import { assembleCheck, assembleExclusion, assembleForeignKey, assembleKey } from './constraints.ts';
import { Found } from './found.ts';
import { assembleIndex } from './index-of-table.ts';
import { Names } from './names.ts';
import { assembleTable, assembleView } from './relations.ts';
import { assembleRemarks } from './remarks.ts';
import { assemblePolicy, assembleRoutine, assembleTrigger } from './routines.ts';
import { groupRows, type Rows } from './rows.ts';
import { assembleSequences } from './sequences.ts';
import { assembleCollation, assembleComposite, assembleDomain, assembleRange } from './user-types.ts';

export interface Assembled {
  readonly catalog: Catalog;
  readonly access: ReadonlyMap<string, TableAccess>;
  readonly setAside: readonly string[];
  readonly uncompared: readonly Uncompared[];
}

/** Throws an Error when rows do not belong together, which rows of one state of the catalogue always do. */
export function assembleFacts(facts: readonly FactRow[], columns: readonly ColumnRow[]): Assembled {
  const rows = groupRows(facts);
  const names = makeNames(rows, columns);
  const found = new Found();
  const objects = [
    ...rows(schemas).map(({ oid, name }) =>
      found.put('pg_namespace', oid, { kind: 'schema', schema: name } as const),
    ),
    ...rows(extensions).map(({ name, schema, version }) => ({
      kind: 'extension' as const,
      name,
      schema,
      version,
    })),
    ...assembleRelations(rows, columns, names, found),
    ...assembleParts(rows, names, found),
    ...assembleTypes(rows, found),
    ...assembleRoutines(rows, found),
  ];
  return {
    catalog: makeCatalog([...objects, ...assembleRemarks(rows, found, names)]),
    access: new Map(
      rows(access).map((row) => [
        renderAddressKey(addressOf(found.find('pg_class', row.table) as CatalogObject)),
        assembleAccess(row),
      ]),
    ),
    setAside: rows(setAside)
      .map(({ name }) => name)
      .sort(),
    uncompared: rows(uncompared).toSorted((a, b) => (a.what < b.what ? -1 : 1)),
  };
}

function makeNames(rows: Rows, columns: readonly ColumnRow[]): Names {
  const names = new Names();
  for (const row of rows(relations)) names.addRelation(row.oid, row);
  for (const { table, number, name, collation } of columns) names.addColumn(table, number, name, collation);
  for (const row of rows(referenced)) {
    names.addRelation(row.oid, row);
    for (const [number, name] of Object.entries(row.columns)) names.addColumn(row.oid, Number(number), name);
  }
  for (const { relation, attributes, ...row } of rows(composites)) {
    names.addRelation(relation, row);
    for (const { number, name } of attributes ?? []) names.addColumn(relation, number, name);
  }
  return names;
}

/** Tables with their columns, views with theirs inside, sequences. */
function assembleRelations(
  rows: Rows,
  columns: readonly ColumnRow[],
  names: Names,
  found: Found,
): readonly CatalogObject[] {
  const tableDetail = new Map(rows(tableDetails).map((row) => [row.oid, row]));
  const viewDetail = new Map(rows(viewDetails).map((row) => [row.oid, row]));
  const sequences = assembleSequences(rows(sequenceRows));
  const collations = byOid(rows(collationNames));
  const viewed = new Map<string, ColumnRow[]>();
  const objects: CatalogObject[] = [];
  for (const row of rows(relations)) {
    if (row.kind === 'v' || row.kind === 'm') viewed.set(row.oid, []);
    else objects.push(found.put('pg_class', row.oid, assembleTable(row, tableDetail.get(row.oid))));
  }
  for (const row of columns) {
    const inside = viewed.get(row.table);
    if (inside === undefined) objects.push(assembleColumn(row, names, collations, sequences.of(row)));
    else inside.push(row);
  }
  for (const row of rows(relations)) {
    const inside = viewed.get(row.oid)?.toSorted((a, b) => a.number - b.number);
    if (inside === undefined) continue;
    const viewColumns = inside.map(({ name, type }) => ({ name, type }));
    objects.push(found.put('pg_class', row.oid, assembleView(row, viewColumns, viewDetail.get(row.oid))));
  }
  for (const { oid, sequence } of sequences.alone) objects.push(found.put('pg_class', oid, sequence));
  return objects;
}

/** Keys and other constraints, indexes, triggers, policies. */
function assembleParts(rows: Rows, names: Names, found: Found): readonly CatalogObject[] {
  const words = { opclasses: byOid(rows(opclasses)), collations: byOid(rows(collationNames)) };
  const exclusionOf = new Map(rows(exclusions).map((row) => [row.index, row]));
  return [
    ...rows(keys).map((row) => found.put('pg_constraint', row.oid, assembleKey(row, names))),
    ...rows(foreignKeys).map((row) => found.put('pg_constraint', row.oid, assembleForeignKey(row, names))),
    ...rows(checks).map((row) => found.put('pg_constraint', row.oid, assembleCheck(row, names))),
    ...rows(indexes).map((row) => {
      const index = assembleIndex(row, names, words);
      const exclusion = exclusionOf.get(row.oid);
      return exclusion === undefined
        ? found.put('pg_class', row.oid, index)
        : found.put('pg_constraint', exclusion.oid, assembleExclusion(exclusion, index, names));
    }),
    ...rows(triggers).map((row) => found.put('pg_trigger', row.oid, assembleTrigger(row, names))),
    ...rows(policies).map((row) => found.put('pg_policy', row.oid, assemblePolicy(row, names))),
  ];
}

function assembleTypes(rows: Rows, found: Found): readonly CatalogObject[] {
  return [
    ...rows(enums).map(({ oid, schema, name, labels }) =>
      found.put('pg_type', oid, { kind: 'enum', schema, name, labels: labels ?? [] } as const),
    ),
    ...rows(domains).map((row) => found.put('pg_type', row.oid, assembleDomain(row))),
    ...rows(composites).map((row) =>
      found.put('pg_class', row.relation, found.put('pg_type', row.oid, assembleComposite(row))),
    ),
    ...rows(ranges).map((row) => found.put('pg_type', row.oid, assembleRange(row))),
    ...rows(collationRows).map((row) => found.put('pg_collation', row.oid, assembleCollation(row))),
  ];
}

function assembleRoutines(rows: Rows, found: Found): readonly CatalogObject[] {
  const aggregate = new Map(rows(aggregates).map((row) => [row.oid, row]));
  return rows(routines).map((row) =>
    found.put('pg_proc', row.oid, assembleRoutine(row, aggregate.get(row.oid))),
  );
}

function byOid(rows: readonly NamedRow[]): ReadonlyMap<string, string> {
  return new Map(rows.map(({ oid, name }) => [oid, name]));
}

function assembleAccess({ table: _, columns, ...may }: AccessRow): TableAccess {
  if (columns === null) return may;
  const { select, insert, update } = columns;
  return { ...may, columns: { select: select ?? [], insert: insert ?? [], update: update ?? [] } };
}
