// makeSnapshot: gathers one release's truth and puts a fingerprint to it.
import { type Catalog, fingerprint, type Provenance } from '../catalog/index.ts';
import type { Need } from '../need/need.ts';
import { sealNeed } from './seal-need.ts';
import type { SealedCatalog, Seals } from './seals.ts';
import { type Snapshot, type SnapshotMigration, snapshotFormat } from './snapshot.ts';

interface Parts {
  readonly postgres: number;
  readonly migrations: readonly SnapshotMigration[];
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  readonly need: Need;
}

export interface SnapshotParts extends Parts {
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

/** The fingerprint that a snapshot of these parts has. */
export function fingerprintOf(parts: Parts & { readonly seals: Seals | null }): string {
  const { postgres, migrations, catalog, provenance, need, seals } = parts;
  return fingerprint({ postgres, migrations, catalog, provenance, need: withoutOrigins(need), seals });
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
