// Snapshot: the kept truth of one release, so that production needs no replay.
import type { Catalog, MigrationId, Provenance } from '../catalog/index.ts';
import type { Need } from '../need/need.ts';

export interface SnapshotMigration {
  readonly id: MigrationId;
  readonly checksum: string;
}

export interface Snapshot {
  readonly format: 1;
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
