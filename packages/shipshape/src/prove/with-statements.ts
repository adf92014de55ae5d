// withStatements: a snapshot that keeps what the statements of its files do.
import type { KeptStatement, MigrationId } from '../catalog/index.ts';
import type { Folder } from '../migrate/folder.ts';
import { keepStatements } from '../migrate/keep-statements.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/**
 * The fingerprint stays as it is: a check, which keeps nothing, need not read them. Throws ShipshapeError for a file that
 * `migrate` could not read (`migration-syntax`).
 */
export async function withStatements(
  snapshot: Snapshot,
  { migrations }: Pick<Folder, 'migrations'>,
): Promise<Snapshot> {
  const kept = new Map<MigrationId, readonly KeptStatement[]>();
  for (const migration of migrations) {
    const statements = await keepStatements(migration);
    if (statements !== null) kept.set(migration.id, statements);
  }
  return {
    ...snapshot,
    migrations: snapshot.migrations.map((each) => {
      const statements = kept.get(each.id);
      return statements === undefined ? each : { ...each, statements };
    }),
  };
}
