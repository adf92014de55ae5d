// findDrift: what applied migrations made, and a database lacks or has otherwise.
import { type Address, type Catalog, type MigrationId, makerOf, renderAddressKey } from '../catalog/index.ts';
import { acrossVersions, withoutInstalled } from '../compare/across-versions.ts';
import { compare } from '../compare/compare.ts';
import type { Drifted } from '../plan/repair/drifted.ts';
import type { Migrated } from './migrated.ts';

export interface FindDriftInput {
  readonly migrated: Migrated;
  /** What the applied ones made (`appliedPart`). */
  readonly made: Catalog;
  readonly applied: ReadonlySet<MigrationId>;
  /** Read whole: what is outside a limited reading would seem to be gone. */
  readonly live: Catalog;
  /** Of the servers that printed what is migrated and what is live. */
  readonly majors: readonly [migrated: number, live: number];
}

/** In the order of `compare`. */
export function findDrift({ migrated, made, applied, live, majors }: FindDriftInput): readonly Drifted[] {
  const tables = new Set(live.objects.flatMap((each) => (each.kind === 'table' ? [each.name] : [])));
  const { told } = acrossVersions(withoutInstalled(compare(made, live)), [made, live], majors);
  return told.filter((each): each is Drifted => {
    if (each.kind === 'unexpected') return false;
    if (each.kind === 'unequal') return makerThatWaits(each.address, each.aspect, migrated, applied) === null;
    // A table of that name in another schema may be where this installation has it.
    return each.left.kind !== 'table' || !tables.has(each.left.name);
  });
}

/** The migration that gives the aspect its value and is not applied here: what it was before is not known. */
export function makerThatWaits(
  address: Address,
  aspect: string,
  { provenance }: Migrated,
  applied: ReadonlySet<MigrationId>,
): MigrationId | null {
  const maker = makerOf(provenance, renderAddressKey(address), aspect);
  return maker === null || applied.has(maker) ? null : maker;
}
