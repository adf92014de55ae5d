// Snapshot: the kept truth of one release, so that production needs no replay.
import type { Catalog, MigrationId, Provenance } from '../catalog/index.ts';
import type { Need } from '../need/need.ts';

export interface SnapshotMigration {
  readonly id: MigrationId;
  readonly checksum: string;
}

/** The form of the file that this release writes and reads: docs/formats.md. */
export const snapshotFormat = 2;

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
  /** Of everything above except origins: a line that merely moved makes nothing stale. */
  readonly fingerprint: string;
}
