// makeSnapshot: gathers one release's truth and seals it with a fingerprint.
import { type Catalog, fingerprint, type Provenance } from '../catalog/index.ts';
import type { Need } from '../need/need.ts';
import { type Snapshot, type SnapshotMigration, snapshotFormat } from './snapshot.ts';

export interface SnapshotParts {
  readonly postgres: number;
  readonly migrations: readonly SnapshotMigration[];
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  readonly need: Need;
}

/** The fingerprint covers everything except origins, so that a line that merely moved makes nothing stale. */
export function makeSnapshot(parts: SnapshotParts): Snapshot {
  return { format: snapshotFormat, ...parts, fingerprint: fingerprintOf(parts) };
}

/** The fingerprint that a snapshot of these parts has. */
export function fingerprintOf(parts: SnapshotParts): string {
  const { postgres, migrations, catalog, provenance, need } = parts;
  return fingerprint({ postgres, migrations, catalog, provenance, need: withoutOrigins(need) });
}

/** The need without the lines that say it. */
export function withoutOrigins(need: Need): Need {
  return {
    tables: need.tables.map((table) => ({
      ...table,
      origin: null,
      columns: table.columns.map((column) => ({ ...column, origin: null })),
    })),
    enums: need.enums.map((each) => ({ ...each, origin: null })),
  };
}
