// makeSnapshot: gathers one release's truth and puts a fingerprint to it.
import { type FingerprintedParts, fingerprintOf } from './fingerprint-of.ts';
import { sealNeed } from './seal-need.ts';
import type { SealedCatalog } from './seals.ts';
import { type Snapshot, snapshotFormat } from './snapshot.ts';

export interface SnapshotParts extends FingerprintedParts {
  /** What the server says of the tables of `catalog`; without it every start judges the need anew. */
  readonly sealed?: SealedCatalog;
}

/** The fingerprint covers everything except origins, so that a line that merely moved makes nothing stale. */
export function makeSnapshot(parts: SnapshotParts): Snapshot {
  const { postgres, migrations, catalog, provenance, need, sealed } = parts;
  const seals = sealed === undefined ? null : sealNeed(need, catalog, sealed);
  const sealedParts = { postgres, migrations, catalog, provenance, need, seals };
  return { format: snapshotFormat, ...sealedParts, fingerprint: fingerprintOf(sealedParts) };
}
