// Rows of the catalogue to a Catalog: pure, and linear in their number.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  makeCatalog,
  renderAddressKey,
  type SequenceOptions,
  type ThingAddress,
} from '../../catalog/index.ts';
import type { FactRow } from '../catalogue-query.ts';
import type { AccessRow } from '../queries/access.ts';
import type { CheckRow, ForeignKeyRow, KeyRow, ReferencedRow } from '../queries/constraints.ts';
import type { EnumRow } from '../queries/enums.ts';
import type { ExclusionRow, IndexRow, OpclassRow } from '../queries/indexes.ts';
import type { ColumnRow, SchemaRow, TableRow } from '../queries/relations.ts';
import type { CommentRow, ExtensionRow, OwnerRow, PrivilegeRow, UncomparedRow } from '../queries/remarks.ts';
import type { PolicyRow, RoutineRow, TriggerRow } from '../queries/routines.ts';
import type { SequenceRow } from '../queries/sequences.ts';
import type { CollationRow, CompositeRow, DomainRow, RangeRow } from '../queries/user-types.ts';
import type { ViewRow } from '../queries/views.ts';
import type { TableAccess, Uncompared } from '../reading.ts';
import { assembleColumn } from './column.ts';
import { assembleCheck, assembleExclusion, assembleForeignKey, assembleKey } from './constraints.ts';
import { assembleIndex } from './index-of-table.ts';
import { Names } from './names.ts';
import { Places } from './places.ts';
import { assembleSequence, assembleTable, assembleView, unusualOptions } from './relations.ts';
import { assemblePolicy, assembleRoutine, assembleTrigger } from './routines.ts';
import { assembleCollation, assembleComposite, assembleDomain, assembleRange } from './user-types.ts';

export interface Assembled {
  readonly catalog: Catalog;
  readonly access: ReadonlyMap<string, TableAccess>;
  readonly setAside: readonly string[];
  readonly uncompared: readonly Uncompared[];
}

/** Throws an Error when rows do not belong together, which rows of one state of the catalogue always do. */
export function assembleFacts(facts: readonly FactRow[], columns: readonly ColumnRow[]): Assembled {
  const byFamily = groupByFamily(facts);
  const rows = <Row>(family: string): readonly Row[] =>
    (byFamily.get(family) ?? []).map((fields) => JSON.parse(fields) as Row);

  const tables = rows<TableRow>('table');
  const views = rows<ViewRow>('view');
  const names = makeNames(tables, views, columns, rows<ReferencedRow>('referenced'));
  const opclasses = new Map(rows<OpclassRow>('opclass').map(({ oid, name }) => [oid, name]));
  const objects: CatalogObject[] = [];
  const places = new Places();
  const place = <Row>(
    catalogue: string,
    read: readonly Row[],
    assemble: (row: Row) => CatalogObject,
    oidOf = (row: Row) => (row as { readonly oid: string }).oid,
  ): void => {
    for (const row of read) {
      const object = assemble(row);
      objects.push(object);
      places.add(catalogue, oidOf(row), addressOf(object) as ThingAddress);
    }
  };

  place('pg_namespace', rows<SchemaRow>('schema'), ({ name }) => ({ kind: 'schema', schema: name }));
  place('pg_extension', rows<ExtensionRow>('extension'), ({ name, schema, version }) => ({
    kind: 'extension',
    name,
    schema,
    version,
  }));
  place('pg_class', tables, assembleTable);
  place('pg_class', views, assembleView);
  const { standing, ofColumns } = sortSequences(rows<SequenceRow>('sequence'), columns, names);
  place('pg_class', standing, (row) => assembleSequence(row, names));
  placeColumns();
  place('pg_constraint', rows<KeyRow>('key'), (row) => assembleKey(row, names));
  place('pg_constraint', rows<ForeignKeyRow>('foreign key'), (row) => assembleForeignKey(row, names));
  place('pg_constraint', rows<CheckRow>('check'), (row) => assembleCheck(row, names));
  place('pg_constraint', rows<ExclusionRow>('exclusion'), (row) => assembleExclusion(row, names, opclasses));
  place('pg_class', rows<IndexRow>('index'), (row) => assembleIndex(row, names, opclasses));
  place('pg_type', rows<EnumRow>('enum'), ({ schema, name, labels }) => ({
    kind: 'enum',
    schema,
    name,
    labels: labels ?? [],
  }));
  place('pg_type', rows<DomainRow>('domain'), assembleDomain);
  place('pg_type', rows<CompositeRow>('composite'), assembleComposite);
  place('pg_type', rows<RangeRow>('range'), assembleRange);
  place('pg_collation', rows<CollationRow>('collation'), assembleCollation);
  place('pg_proc', rows<RoutineRow>('routine'), assembleRoutine);
  place('pg_trigger', rows<TriggerRow>('trigger'), (row) => assembleTrigger(row, names));
  place('pg_policy', rows<PolicyRow>('policy'), (row) => assemblePolicy(row, names));
  objects.push(...remarks());

  const access = rows<AccessRow>('access').map(({ table, ...may }): [string, TableAccess] => [
    renderAddressKey(places.find('pg_class', table, 0) ?? { kind: 'table', ...names.table(table) }),
    may,
  ]);
  return {
    catalog: makeCatalog(objects),
    access: new Map(access),
    setAside: rows<{ name: string }>('set aside')
      .map(({ name }) => name)
      .sort(),
    uncompared: rows<UncomparedRow>('uncompared'),
  };

  function placeColumns(): void {
    const counts = new Map<string, number>();
    for (const row of [...columns].sort((a, b) => a.number - b.number)) {
      const position = (counts.get(row.table) ?? 0) + 1;
      counts.set(row.table, position);
      const column = assembleColumn(row, names, position, ofColumns.get(`${row.table} ${row.number}`));
      objects.push(column);
      places.add('pg_class', row.table, addressOf(column) as ThingAddress, row.number);
    }
  }

  function remarks(): readonly CatalogObject[] {
    const found = <Row extends { catalogue: string; oid: string; column: number }>(
      family: string,
      make: (on: ThingAddress, row: Row) => CatalogObject,
    ): readonly CatalogObject[] =>
      rows<Row>(family).flatMap((row) => {
        const on = places.find(row.catalogue, row.oid, row.column);
        return on === undefined ? [] : [make(on, row)];
      });
    return [
      ...found<CommentRow>('comment', (on, { text }) => ({ kind: 'comment', on, text })),
      ...found<OwnerRow>('owner', (on, { role }) => ({ kind: 'owner', on, role })),
      ...found<PrivilegeRow>('privilege', (on, { grantee, rights }) => ({
        kind: 'privilege',
        on,
        grantee,
        rights,
      })),
    ];
  }
}

function groupByFamily(facts: readonly FactRow[]): ReadonlyMap<string, readonly string[]> {
  const byFamily = new Map<string, string[]>();
  for (const { family, fields } of facts) {
    const known = byFamily.get(family);
    if (known === undefined) byFamily.set(family, [fields]);
    else known.push(fields);
  }
  return byFamily;
}

interface Sorted {
  readonly standing: readonly SequenceRow[];
  /** By table's oid and column's number; only what is unusual. */
  readonly ofColumns: ReadonlyMap<string, SequenceOptions>;
}

/** Those that fill the column which owns them are part of it; those of tables that were not read are left out. */
function sortSequences(
  sequences: readonly SequenceRow[],
  columns: readonly ColumnRow[],
  names: Names,
): Sorted {
  const types = new Map(columns.map(({ table, number, type }) => [`${table} ${number}`, type]));
  const standing: SequenceRow[] = [];
  const ofColumns = new Map<string, SequenceOptions>();
  for (const row of sequences) {
    const { owner } = row;
    const key = owner === null ? null : `${owner.table} ${owner.column}`;
    const type = key === null ? undefined : types.get(key);
    if (owner !== null && (type === undefined || !names.knows(owner.table))) continue;
    if (owner?.fills !== true || key === null) standing.push(row);
    else {
      const options = unusualOptions(row, type ?? 'bigint');
      if (Object.keys(options).length > 0) ofColumns.set(key, options);
    }
  }
  return { standing, ofColumns };
}

function makeNames(
  tables: readonly TableRow[],
  views: readonly ViewRow[],
  columns: readonly ColumnRow[],
  referenced: readonly ReferencedRow[],
): Names {
  const names = new Names();
  for (const { oid, schema, name } of [...tables, ...views, ...referenced])
    names.addTable(oid, { schema, name });
  // A view's columns cannot be dropped: they are numbered without gaps.
  for (const view of views)
    for (const [at, { name }] of (view.columns ?? []).entries()) names.addColumn(view.oid, at + 1, name);
  for (const { table, number, name } of columns) names.addColumn(table, number, name);
  for (const table of referenced)
    for (const [number, name] of Object.entries(table.columns))
      names.addColumn(table.oid, Number(number), name);
  return names;
}
