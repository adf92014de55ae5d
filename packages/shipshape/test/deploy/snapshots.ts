// Snapshots for tests: made, as real ones are, by replaying the folder on an empty database.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { keepMigrations } from '../../src/prove/keep-migrations.ts';
import { replay } from '../../src/prove/replay.ts';
import { withStatements } from '../../src/prove/with-statements.ts';
import { makeSnapshot } from '../../src/snapshot/make-snapshot.ts';
import { renderSnapshot } from '../../src/snapshot/render-snapshot.ts';

/** The file's path. The session's database has to be empty, and is not afterwards. */
export async function writeSnapshotOf(folder: string, session: OwnSession): Promise<string> {
  const read = await readFolder(folder);
  const { rows } = await session.query<{ address: string }>(
    `SELECT format('host=%s port=%s user=postgres dbname=%s', current_setting('unix_socket_directories'),
                   current_setting('port'), current_database()) AS address`,
  );
  const database = Object.assign(session, { target: parseTarget(rows[0]?.address ?? '', {}) });
  const replayed = await replay(read, database, []);
  const { catalog, provenance, postgres } = replayed;
  const snapshot = makeSnapshot({
    postgres,
    migrations: keepMigrations(read, replayed),
    catalog,
    provenance,
    need: { tables: [], enums: [] },
  });
  const file = join(folder, 'shipshape.snapshot.json');
  writeFileSync(file, renderSnapshot(await withStatements(snapshot, read)));
  return file;
}
