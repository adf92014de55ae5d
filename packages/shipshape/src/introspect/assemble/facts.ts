// All rows of a reading to its catalog, its access, and what was set aside or not compared.
import {
  type Catalog,
  type CatalogObject,
  type Column,
  makeCatalog,
  type TableAccess,
} from '../../catalog/index.ts';
import { checks, exclusions, foreignKeys, keys, referenced } from '../queries/constraints.ts';
import type { FactRow } from '../queries/family.ts';
import { collationNames, indexes, type NamedRow, opclasses } from '../queries/indexes.ts';
import { schemas, setAside, tableDetails, viewDetails } from '../queries/relations.ts';
import { aggregates, extensions, policies, routines, triggers } from '../queries/routines.ts';
import { sequences as sequenceRows } from '../queries/sequences.ts';
import { uncompared } from '../queries/uncompared.ts';
import { collations as collationRows, composites, domains, enums, ranges } from '../queries/user-types.ts';
import type { Uncompared } from '../reading.ts';
import { assembleColumn } from './column.ts';
import { assembleCheck, assembleExclusion, assembleForeignKey, assembleKey } from './constraints.ts';
import { type Filled, fillRelations } from './filled.ts';
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
  readonly found: Found;
}

/** Throws an Error when rows do not belong together, which rows of one state of the catalogue always do. */
export function assembleFacts(facts: readonly FactRow[]): Assembled {
  const rows = groupRows(facts);
  const filled = fillRelations(rows);
  const names = makeNames(rows, filled);
  const found = new Found();
  const objects: CatalogObject[] = [
    ...rows(schemas).map(({ oid, name }) =>
      found.put('pg_namespace', oid, { kind: 'schema', schema: name } as const),
    ),
    ...rows(extensions).map(({ name, schema, version }) => ({
      kind: 'extension' as const,
      name,
      schema,
      version,
    })),
    ...assembleRelations(rows, filled, found),
    ...assembleParts(rows, names, found),
    ...assembleTypes(rows, found),
    ...assembleRoutines(rows, found),
  ];
  return {
    catalog: makeCatalog(byKind([...objects, ...assembleRemarks(rows, found, names)])),
    access: new Map(filled.map(({ key, row }) => [key, row.access])),
    setAside: rows(setAside)
      .map(({ name }) => name)
      .sort(),
    uncompared: rows(uncompared).toSorted((a, b) => (a.what < b.what ? -1 : 1)),
    found,
  };
}

/** Kinds are the beginning of the keys that a catalog is sorted by: what is sorted within its kind is sorted then. */
function byKind(objects: readonly CatalogObject[]): readonly CatalogObject[] {
  const groups = new Map<string, CatalogObject[]>();
  for (const object of objects) {
    const others = groups.get(object.kind);
    if (others === undefined) groups.set(object.kind, [object]);
    else others.push(object);
  }
  return [...groups.keys()].sort().flatMap((kind) => groups.get(kind) as CatalogObject[]);
}

function makeNames(rows: Rows, filled: readonly Filled[]): Names {
  const names = new Names();
  for (const { row, columns } of filled) names.add(row.oid, row, columns);
  for (const row of rows(referenced)) {
    const columns = Object.entries(row.columns).map(([e, a]) => ({ a, e, f: null }));
    names.add(row.oid, row, columns);
  }
  for (const { relation, attributes, ...row } of rows(composites)) {
    const columns = (attributes ?? []).map(({ number, name }) => ({ a: name, e: String(number), f: null }));
    names.add(relation, row, columns);
  }
  return names;
}

/** Tables with their columns, views with theirs inside, sequences. */
function assembleRelations(rows: Rows, filled: readonly Filled[], found: Found): readonly CatalogObject[] {
  const tableDetail = new Map(rows(tableDetails).map((row) => [row.oid, row]));
  const viewDetail = new Map(rows(viewDetails).map((row) => [row.oid, row]));
  const sequences = assembleSequences(rows(sequenceRows));
  const collations = byOid(rows(collationNames));
  const tables: CatalogObject[] = [];
  const ofTables: Column[] = [];
  const views: CatalogObject[] = [];
  for (const { row, columns: own } of filled) {
    if (row.kind === 'v' || row.kind === 'm') {
      const viewColumns = own.map(({ a: name, b: type }) => ({ name, type }));
      views.push(found.put('pg_class', row.oid, assembleView(row, viewColumns, viewDetail.get(row.oid))));
      continue;
    }
    tables.push(found.put('pg_class', row.oid, assembleTable(row, tableDetail.get(row.oid))));
    const assembled = own.map((column, at) =>
      assembleColumn(column, row, at + 1, collations, sequences.of(column)),
    );
    ofTables.push(...assembled.sort((a, b) => (a.name < b.name ? -1 : 1)));
  }
  const alone = sequences.alone.map(({ oid, sequence }) => found.put('pg_class', oid, sequence));
  return [...ofTables, ...alone, ...tables, ...views];
}

/** Keys and other constraints, indexes, triggers, policies. */
function assembleParts(rows: Rows, names: Names, found: Found): readonly CatalogObject[] {
  const words = { opclasses: byOid(rows(opclasses)), collations: byOid(rows(collationNames)) };
  const exclusionOf = new Map(rows(exclusions).map((row) => [row.index, row]));
  return [
    ...names.sort(rows(keys)).map((row) => found.put('pg_constraint', row.oid, assembleKey(row, names))),
    ...names
      .sort(rows(foreignKeys))
      .map((row) => found.put('pg_constraint', row.oid, assembleForeignKey(row, names))),
    ...names.sort(rows(checks)).map((row) => found.put('pg_constraint', row.oid, assembleCheck(row, names))),
    ...names.sort(rows(indexes)).map((row) => {
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
