// A database as plain readonly data, in one normal order.
import { type Address, renderAddressKey } from './address.ts';
import type { Constraint } from './constraint.ts';
import type { Enum } from './enum.ts';
import type { Index } from './index-of-table.ts';
import type { Column, Schema, Table } from './table.ts';

export type CatalogObject = Schema | Table | Column | Constraint | Index | Enum;

export interface Catalog {
  /** Sorted by address key; each address once. */
  readonly objects: readonly CatalogObject[];
}

export const emptyCatalog: Catalog = { objects: [] };

/** Puts objects in normal order. Throws an Error when two have the same address. */
export function makeCatalog(objects: Iterable<CatalogObject>): Catalog {
  const byKey = new Map<string, CatalogObject>();
  for (const object of objects) {
    const key = renderAddressKey(addressOf(object));
    if (byKey.has(key)) throw new Error(`two objects at one address: ${key}`);
    byKey.set(key, object);
  }
  const keys = [...byKey.keys()].sort();
  return { objects: keys.map((key) => byKey.get(key) as CatalogObject) };
}

export function addressOf(object: CatalogObject): Address {
  switch (object.kind) {
    case 'schema':
      return { kind: object.kind, schema: object.schema };
    case 'table':
    case 'enum':
      return { kind: object.kind, schema: object.schema, name: object.name };
    default:
      return { kind: object.kind, schema: object.schema, table: object.table, name: object.name };
  }
}

/** Every object by its address key. */
export function indexByKey(catalog: Catalog): ReadonlyMap<string, CatalogObject> {
  return new Map(catalog.objects.map((object) => [renderAddressKey(addressOf(object)), object]));
}
