// Snapshot: the kept truth of one release, so that production needs no replay.
import type { Catalog, KeptStatement, MigrationId, Provenance, SealedTables } from '../catalog/index.ts';
import type { Need } from '../need/need.ts';
import type { Seals } from './seals.ts';

export interface SnapshotMigration {
  readonly id: MigrationId;
  readonly checksum: string;
  /** The tables that it had changed as they were behind it; left out where that is not known. */
  readonly made?: SealedTables;
  /** What it does; left out where only the parser can tell, and in snapshots that were not written as they are. */
  readonly statements?: readonly KeptStatement[];
}

/** The form of the file that this release writes and reads: docs/formats.md. */
export const snapshotFormat = 3;

export interface Snapshot {
  readonly format: typeof snapshotFormat;
  /** The PostgreSQL major version whose catalogue this is. */
  readonly postgres: number;
  readonly migrations: readonly SnapshotMigration[];
  /** What all migrations together build. */
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  /** What the release's code needs, with the lines that say so. */
  readonly need: Need;
  /** Null where the need lacks something in that catalog, or nobody asked a server. */
  readonly seals: Seals | null;
  /** Of everything above except origins: a line that merely moved makes nothing stale. */
  readonly fingerprint: string;
}
