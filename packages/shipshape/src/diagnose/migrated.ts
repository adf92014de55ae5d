// Migrated: what the migrations make, and which of them are applied here.
import {
  addressOf,
  type Catalog,
  type LedgerEntry,
  type MigrationId,
  makerOf,
  type Provenance,
  renderAddressKey,
} from '../catalog/index.ts';

/** A migration as a file or a snapshot knows it. */
export interface KnownMigration {
  readonly id: MigrationId;
  readonly checksum: string;
}

/** A snapshot is one of these. */
export interface Migrated {
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  /** In order. */
  readonly migrations: readonly KnownMigration[];
}

/** The ids in the ledger; none where there is no ledger. */
export function appliedIds(ledger: readonly LedgerEntry[] | null): ReadonlySet<MigrationId> {
  return new Set((ledger ?? []).map((entry) => entry.id));
}

/** What the applied migrations made, and what nobody knows the maker of. */
export function appliedPart({ catalog, provenance }: Migrated, applied: ReadonlySet<MigrationId>): Catalog {
  const isApplied = (maker: MigrationId | null) => maker === null || applied.has(maker);
  return {
    objects: catalog.objects.filter((each) =>
      isApplied(makerOf(provenance, renderAddressKey(addressOf(each)))),
    ),
  };
}

/** What a ledger has beyond the last migration that is known. */
export function newerThanAll(
  known: readonly KnownMigration[],
  ledger: readonly LedgerEntry[],
): readonly MigrationId[] {
  const ids = new Set(known.map((each) => each.id));
  const newer = (id: MigrationId) => known.every((each) => comesAfter(id, each.id));
  return ledger
    .map((entry) => entry.id)
    .filter((id) => !ids.has(id) && newer(id))
    .sort((a, b) => (comesAfter(a, b) ? 1 : -1));
}

/** By the number at the front (`0051_…`), then by the name. */
export function comesAfter(a: MigrationId, b: MigrationId): boolean {
  const [one, other] = [numberOf(a), numberOf(b)];
  return one === other ? a > b : one > other;
}

function numberOf(id: MigrationId): bigint {
  return BigInt(/^\d+/.exec(id)?.[0] ?? 0);
}
