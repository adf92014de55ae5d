// The only file that knows Shipshape: may this release serve on this database?
import { fileURLToPath } from 'node:url';
import { gate, migrateDatabase, parseTarget, renderEvent, renderStart, ShipshapeError } from 'shipshape';
import { drizzle } from 'shipshape/drizzle';
import { orExit } from 'shipshape/process';
import * as schema from './schema.ts';

const folder = fileURLToPath(new URL('../../migrations/', import.meta.url));
const snapshotFile = `${folder}shipshape.snapshot.json`;

/** `warn` starts on a database that disagrees: an explicit choice of whoever sets SCHEMA_GATE. */
export type GateMode = 'enforce' | 'warn';

/**
 * Judges the database before anything listens. Returns the answer for people; a refusal never returns: it ends the
 * process with the message on stderr and the exit code of the finding.
 */
export async function assertSchema(url: string, mode: GateMode): Promise<string> {
  const judgement = await orExit(
    gate({ application: 'calls', source: drizzle({ schema }), connection: url, snapshotFile, mode }),
  );
  const look = { width: process.stdout.columns || 120, colour: false };
  return renderStart('calls', judgement, look, true);
}

/**
 * Brings the embedded database, which is this service's own, to this release's schema; `print` hears what each
 * statement did. A database that was named with DATABASE_URL is never migrated by the service. Ends the process, with
 * the message on stderr, when a migration fails.
 */
export async function migrateOwnDatabase(url: string, print: (line: string) => void): Promise<void> {
  const target = parseTarget(url, process.env);
  await orExit(
    migrateDatabase({
      target,
      folder,
      snapshotFile,
      on: (event) => {
        for (const { as, lines } of renderEvent(event)) if (as === 'result') lines.forEach(print);
      },
    }).then(({ findings }) => {
      const [first, ...more] = findings.filter((each) => each.severity === 'error');
      if (first !== undefined) throw new ShipshapeError([first, ...more]);
    }),
  );
}
