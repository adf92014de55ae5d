// fingerprintOf: one word for all that a snapshot says.
import { type Catalog, fingerprint, type Provenance } from '../catalog/index.ts';
import type { Need } from '../need/need.ts';
import type { Seals } from './seals.ts';
import type { SnapshotMigration } from './snapshot.ts';

export interface FingerprintedParts {
  readonly postgres: number;
  readonly migrations: readonly SnapshotMigration[];
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  readonly need: Need;
}

/** Of all but what says the same as the files' checksums: the lines of the need, and what the statements do. */
export function fingerprintOf(parts: FingerprintedParts & { readonly seals: Seals | null }): string {
  const { postgres, migrations, catalog, provenance, need, seals } = parts;
  const told = migrations.map(({ statements: _, ...each }) => each);
  return fingerprint({ postgres, migrations: told, catalog, provenance, need: withoutOrigins(need), seals });
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
