// brokenPromises: what a catalog does not show of what a migration has promised.
import { type Catalog, type MigrationId, makerOf, renderAddressKey } from '../catalog/index.ts';
import { compare } from '../compare/compare.ts';
import type { Difference } from '../compare/difference.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

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
