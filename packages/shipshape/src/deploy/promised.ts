// promisedBy: what one migration makes, by the snapshot: the things and the aspects that are its own in the end.
import { addressOf, type Catalog, type MigrationId, makerOf, renderAddressKey } from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';
import { compare } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Of the snapshot's catalog, what exists by this migration or got an aspect from it. What a later file changes again is not in it. */
export function promisedBy({ catalog, provenance }: Snapshot, id: MigrationId): Catalog {
  return {
    objects: catalog.objects.filter((object) => {
      const key = renderAddressKey(addressOf(object));
      const makers = aspectsOf(object.kind).map((aspect) => makerOf(provenance, key, aspect.name));
      return provenance[key] === id || makers.includes(id);
    }),
  };
}

export type Broken = Exclude<Difference, { readonly kind: 'unexpected' }>;

/** What of that a catalog does not show: missing, or another value of an aspect that is this migration's. */
export function brokenPromises(
  promised: Catalog,
  live: Catalog,
  { provenance }: Snapshot,
  id: MigrationId,
): readonly Broken[] {
  return compare(promised, live)
    .filter((difference): difference is Broken => difference.kind !== 'unexpected')
    .filter(
      (difference) =>
        difference.kind === 'missing' ||
        makerOf(provenance, renderAddressKey(difference.address), difference.aspect) === id,
    );
}
