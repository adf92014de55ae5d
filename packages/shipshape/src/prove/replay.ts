// replay: the migrations run in order on an empty scratch database, with what each of them made.
import type { Catalog, Provenance } from '../catalog/index.ts';
import { emptyCatalog } from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Migration } from '../migrate/migration.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { transaction } from '../postgres/transaction.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { addProvenance } from './provenance.ts';

export interface Replay {
  /** What all migrations together build. */
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  /** Major version of the server that judged: 18. */
  readonly postgres: number;
}

/** Throws ShipshapeError `migration-does-not-apply` for the first file that fails; none behind it is run. */
export async function replay(migrations: readonly Migration[], session: Session): Promise<Replay> {
  let catalog = emptyCatalog;
  let provenance: Provenance = {};
  for (const migration of migrations) {
    await apply(migration, session);
    const { catalog: after } = await readCatalog(session);
    provenance = addProvenance(provenance, migration.id, catalog, after);
    catalog = after;
  }
  const { server } = await readCatalog(session, { tableNames: [] });
  return { catalog, provenance, postgres: Math.floor(server.versionNumber / 10_000) };
}

async function apply(migration: Migration, session: Session): Promise<void> {
  try {
    await transaction(session, {}, () => session.query(migration.sql));
    // What a file SETs for itself (search_path in a dump, say) must not reach the next one.
    await session.query('RESET ALL');
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const { sqlstate, message, position } = error;
    const line = position === null ? null : lineAt(migration.sql, position);
    throw new ShipshapeError(
      [
        makeFinding(
          'migration-does-not-apply',
          { file: migration.file, line, sqlstate, message },
          { migration: migration.id, ...(line === null ? {} : { origin: { file: migration.file, line } }) },
        ),
      ],
      { cause: error },
    );
  }
}

/** `position` counts characters from 1, as the server does (manual 54.8, field P). */
function lineAt(text: string, position: number): number {
  return Array.from(text).slice(0, position - 1).filter((character) => character === '\n').length + 1;
}
