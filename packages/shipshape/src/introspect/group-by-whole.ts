// groupByWhole: what a reading holds, by the things that stand for themselves and are read as one.
import { addressOf, type Catalog, type CatalogObject, renderAddressKey } from '../catalog/index.ts';
import type { Found } from './assemble/found.ts';

/** By `pg_class 16385`, then by address key. */
export type Wholes = Map<string, Map<string, CatalogObject>>;

/** Where everything stands that is read only together with all else: extensions, collations. */
export const elsewhere = 'elsewhere';

export function groupByWhole(catalog: Catalog, found: Found): Wholes {
  const byKey = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const [catalogue, oid, thing] of found.entries()) {
    const whole = `${catalogue} ${oid}`;
    if (thing.kind === 'schema' || thing.kind === 'routine') byKey.set(keyOf(thing), whole);
    if (!('name' in thing) || 'table' in thing || thing.kind === 'routine' || thing.kind === 'collation')
      continue;
    // A composite type is in pg_class as well, where its attributes are.
    if (thing.kind === 'composite type' && catalogue === 'pg_class') continue;
    byKey.set(keyOf(thing), whole);
    if (['table', 'view', 'materialized view', 'composite type'].includes(thing.kind))
      byName.set(nameKey(thing.schema, thing.name), whole);
  }
  const wholes: Wholes = new Map();
  for (const object of catalog.objects) {
    const thing = 'on' in object ? object.on : object;
    const whole =
      ('table' in thing
        ? byName.get(nameKey(thing.schema, thing.table))
        : byKey.get(renderAddressKey(thing))) ?? elsewhere;
    const own = wholes.get(whole) ?? new Map<string, CatalogObject>();
    if (own.size === 0) wholes.set(whole, own);
    own.set(keyOf(object), object);
  }
  return wholes;
}

const keyOf = (object: CatalogObject): string => renderAddressKey(addressOf(object));
const nameKey = (schema: string, name: string): string => JSON.stringify([schema, name]);
