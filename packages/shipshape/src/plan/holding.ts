// holdingOf: what is in a catalog's tables and schemas, what is said of it, and which sequence is whose.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Column,
  type ForeignKey,
  type Part,
  quoteQualified,
  type Remark,
  renderAddressKey,
  schemaOf,
  type Table,
  type ThingAddress,
} from '../catalog/index.ts';
import { sequencesOf } from './sequences-of.ts';

export interface Holding {
  /** Of a table or a view: columns in the order in which they stand, then the rest. */
  partsOf(schema: string, relation: string): readonly Part[];
  columnNames(schema: string, table: string): ReadonlySet<string>;
  tableAt(schema: string, name: string): Table | undefined;
  /** On it and on what is in it. */
  remarksAround(thing: ThingAddress): readonly Remark[];
  remarksOn(thing: ThingAddress): readonly Remark[];
  referencesTo(schema: string, table: string): readonly ForeignKey[];
  /** Everything in a schema, with the extensions that have their objects there. */
  within(schema: string): readonly CatalogObject[];
  /** The sequences, as SQL, that are the column's own: no things of the catalog, and no other column's. */
  ownSequences(column: Column): readonly string[];
  /** False where it was read without owners and privileges. */
  readonly knowsOwners: boolean;
}

const known = new WeakMap<Catalog, Holding>();

/** Made once a catalog. */
export function holdingOf(catalog: Catalog): Holding {
  const holding = known.get(catalog) ?? makeHolding(catalog);
  known.set(catalog, holding);
  return holding;
}

function makeHolding({ objects }: Catalog): Holding {
  const parts = new Map<string, Part[]>();
  const remarks = new Map<string, Remark[]>();
  const remarksWithin = new Map<string, Remark[]>();
  const references = new Map<string, ForeignKey[]>();
  const tables = new Map<string, Table>();
  const standing = new Set<string>();
  for (const object of objects) {
    if ('on' in object) {
      add(remarks, renderAddressKey(object.on), object);
      if ('table' in object.on) add(remarksWithin, quoteQualified(object.on.schema, object.on.table), object);
    } else if ('table' in object) {
      add(parts, quoteQualified(object.schema, object.table), object);
      if (object.kind === 'foreign key')
        add(references, quoteQualified(object.references.schema, object.references.table), object);
    } else if (object.kind === 'table') tables.set(quoteQualified(object.schema, object.name), object);
    else if (object.kind === 'sequence') standing.add(quoteQualified(object.schema, object.name));
  }
  const partsOf = (schema: string, relation: string) =>
    (parts.get(quoteQualified(schema, relation)) ?? []).toSorted((a, b) => placeOf(a) - placeOf(b));
  const tableAt = (schema: string, name: string) => tables.get(quoteQualified(schema, name));
  const remarksOn = (thing: ThingAddress) => remarks.get(renderAddressKey(thing)) ?? [];
  const isHeir = ({ schema, table }: Column): boolean => {
    const { partitionOf, inherits } = tableAt(schema, table) ?? {};
    return partitionOf !== undefined || inherits !== undefined;
  };
  const owners = new Map<string, Column>();
  for (const object of objects)
    if (object.kind === 'column')
      for (const name of sequencesOf(object)) {
        const owner = owners.get(name);
        // Partitions and heirs draw from the sequence of the table that they are part of.
        if (owner === undefined || (isHeir(owner) && !isHeir(object))) owners.set(name, object);
      }
  return {
    partsOf,
    columnNames: (schema, table) =>
      new Set(partsOf(schema, table).flatMap((part) => (part.kind === 'column' ? [part.name] : []))),
    tableAt,
    remarksOn,
    remarksAround: (thing) => [
      ...remarksOn(thing),
      ...('table' in thing || !('schema' in thing) || !('name' in thing) || thing.kind === 'routine'
        ? []
        : (remarksWithin.get(quoteQualified(thing.schema, thing.name)) ?? [])),
    ],
    referencesTo: (schema, table) => references.get(quoteQualified(schema, table)) ?? [],
    within: (schema) =>
      objects.filter((object) =>
        object.kind === 'extension' ? object.schema === schema : schemaOf(addressOf(object)) === schema,
      ),
    ownSequences: (column) =>
      sequencesOf(column).filter((name) => {
        const owner = owners.get(name) ?? column;
        const isOwn =
          owner.schema === column.schema && owner.table === column.table && owner.name === column.name;
        return !standing.has(name) && isOwn;
      }),
    knowsOwners: objects.some(({ kind }) => kind === 'owner'),
  };
}

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const others = map.get(key);
  if (others === undefined) map.set(key, [value]);
  else others.push(value);
}

function placeOf(part: Part): number {
  return part.kind === 'column' ? (part.position ?? Number.MAX_SAFE_INTEGER - 1) : Number.MAX_SAFE_INTEGER;
}
