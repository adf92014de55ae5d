// A database as plain readonly data, in one normal order.
import { type Address, renderAddressKey, schemaOf } from './address.ts';
import type { Constraint } from './constraint.ts';
import type { Enum } from './enum.ts';
import type { Extension } from './extension.ts';
import type { Index } from './index-of-table.ts';
import { inNormalOrder } from './normal-order.ts';
import type { Policy } from './policy.ts';
import type { Remark } from './remark.ts';
import type { Routine, Trigger } from './routine.ts';
import type { Sequence } from './sequence.ts';
import type { Column, Schema, Table } from './table.ts';
import type { Collation, CompositeType, Domain, RangeType } from './user-type.ts';
import type { MaterializedView, View } from './view.ts';

/** What a table, or a view of its name, holds. */
export type Part = Column | Constraint | Index | Trigger | Policy;
export type CatalogObject =
  | Schema
  | Extension
  | Table
  | Part
  | View
  | MaterializedView
  | Sequence
  | Enum
  | Domain
  | CompositeType
  | RangeType
  | Collation
  | Routine
  | Remark;

export interface Catalog {
  /** Sorted by address key; each address once. */
  readonly objects: readonly CatalogObject[];
}

export const emptyCatalog: Catalog = { objects: [] };

/** Puts objects in normal order. Throws an Error when two have the same address. */
export function makeCatalog(objects: Iterable<CatalogObject>): Catalog {
  return { objects: inNormalOrder(objects) };
}

export function addressOf(object: CatalogObject): Address {
  switch (object.kind) {
    case 'schema':
      return { kind: object.kind, schema: object.schema };
    case 'extension':
      return { kind: object.kind, name: object.name };
    case 'comment':
    case 'owner':
      return { kind: object.kind, on: object.on };
    case 'privilege':
      return { kind: object.kind, on: object.on, grantee: object.grantee };
    case 'routine': {
      const { kind, schema, name } = object;
      return { kind, schema, name, arguments: object.arguments };
    }
    case 'table':
    case 'view':
    case 'materialized view':
    case 'sequence':
    case 'enum':
    case 'domain':
    case 'composite type':
    case 'range type':
    case 'collation':
      return { kind: object.kind, schema: object.schema, name: object.name };
    default:
      return { kind: object.kind, schema: object.schema, table: object.table, name: object.name };
  }
}

/** The schemas that objects of the catalog are in, sorted. */
export function schemasOf(catalog: Catalog): readonly string[] {
  const names = new Set<string>();
  for (const object of catalog.objects) {
    // An object has all that its address has, under the same names.
    const schema = schemaOf(object);
    if (schema !== null) names.add(schema);
  }
  return [...names].sort();
}

/** Every object by its address key. */
export function indexByKey(catalog: Catalog): ReadonlyMap<string, CatalogObject> {
  return new Map(catalog.objects.map((object) => [renderAddressKey(addressOf(object)), object]));
}
