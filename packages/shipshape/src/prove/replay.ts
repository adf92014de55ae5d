// replay: the migrations run in order on an empty scratch database, with what each of them made.
import type { Catalog, Provenance } from '../catalog/index.ts';
import { emptyCatalog } from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Migration } from '../migrate/migration.ts';
import { displayPath, placeOf } from '../migrate/place.ts';
import { type Prepared, prepare } from '../migrate/prepare.ts';
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

/**
 * Throws ShipshapeError `migration-does-not-apply` for the first statement that fails; nothing behind it is run. Files
 * that the runner would refuse are refused before anything is run, with the runner's own findings. `ownSchemas`: those
 * that the models declare tables in, read even where they bear the name of a library's.
 */
export async function replay(
  migrations: readonly Migration[],
  session: Session,
  ownSchemas: readonly string[],
): Promise<Replay> {
  let catalog = emptyCatalog;
  let provenance: Provenance = {};
  for (const prepared of await prepare(migrations)) {
    await apply(prepared, session);
    const { catalog: after } = await readCatalog(session, { ownSchemas });
    provenance = addProvenance(provenance, prepared.migration.id, catalog, after);
    catalog = after;
  }
  const { server } = await readCatalog(session, { tableNames: [] });
  return { catalog, provenance, postgres: Math.floor(server.versionNumber / 10_000) };
}

async function apply({ migration, statements }: Prepared, session: Session): Promise<void> {
  let line: number | null = null;
  try {
    await transaction(session, {}, async () => {
      for (const statement of statements) {
        line = statement.line;
        await session.query(statement.text);
      }
      line = null;
    });
    // What a file sets for itself (search_path in a dump, a role, a temporary table) must not reach the next one.
    await session.query('DISCARD ALL');
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    const data = {
      file: displayPath(migration.file),
      line,
      sqlstate: error.sqlstate,
      message: error.message,
    };
    throw new ShipshapeError([makeFinding('migration-does-not-apply', data, placeOf(migration, line))], {
      cause: error,
    });
  }
}
