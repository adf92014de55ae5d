// promisesOf: what each migration makes, by the snapshot: the things and the aspects that are its own in the end.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type MigrationId,
  makerOf,
  renderAddressKey,
} from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Of the snapshot's catalog, what exists by a migration or got an aspect from it. What a later file changes again is not in it. */
export function promisesOf({ catalog, provenance }: Snapshot): ReadonlyMap<MigrationId, Catalog> {
  const promises = new Map<MigrationId, { readonly objects: CatalogObject[] }>();
  for (const object of catalog.objects) {
    const key = renderAddressKey(addressOf(object));
    const makers = aspectsOf(object.kind).map((aspect) => makerOf(provenance, key, aspect.name));
    for (const maker of new Set([makerOf(provenance, key), ...makers])) {
      if (maker === null) continue;
      const promise = promises.get(maker) ?? { objects: [] };
      promises.set(maker, promise);
      promise.objects.push(object);
    }
  }
  return promises;
}
