// lookForGrants: the same as findGrants, where a database can be reached; what cannot be read yet is left out.
import { readStand } from '../deploy/read-stand.ts';
import { readFolder } from '../migrate/read-folder.ts';
import { connect } from '../postgres/connect.ts';
import { parseTarget } from '../postgres/parse-target.ts';
import type { Session } from '../postgres/session.ts';
import { ShipshapeError } from '../report/index.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { type Config, readConfig } from './config.ts';
import type { Context } from './context.ts';
import { type FoundGrants, findGrants } from './find-grants.ts';
import { findUrl } from './open-database.ts';

/** Nobody waits for long to be told something beside what they asked. */
const connectTimeoutMs = 2000;

/** Null where no database is named, or it cannot be reached. */
export async function lookForGrants({ cwd, env, flags }: Context): Promise<FoundGrants | null> {
  const config = await orNull(async () => readConfig(cwd, env, flags));
  if (config === null) return null;
  const session = await orNull(async () => {
    const target = parseTarget(await findUrl(config), env);
    return connect(target, { applicationName: 'shipshape:init', connectTimeoutMs });
  });
  if (session === null) return null;
  try {
    return await look(session, config);
  } finally {
    await session.close();
  }
}

async function look(session: Session, config: Config): Promise<FoundGrants | null> {
  const { migrations, migrationsFormat: format, ledger: ledgerTable, snapshot: file } = config;
  const how = { ledgerTable, replay: config.replay ?? undefined };
  const folder = migrations === null ? null : await orNull(() => readFolder(migrations, { format }));
  const kept = file === null ? null : await orNull(() => readSnapshot(file));
  const stand = folder === null ? null : await orNull(() => readStand(session, folder, how));
  const asked = {
    snapshot: kept?.kind === 'found' ? kept.snapshot : null,
    // Whatever is applied: more is to come.
    pending: true,
    programs: folder?.format === 'scripts',
    foreignLedger: stand?.foreignLedger ?? null,
  };
  // Models may be a guess as yet.
  const found = await orNull(() => findGrants(session, config, asked));
  return found ?? orNull(() => findGrants(session, { ...config, models: {} }, asked));
}

async function orNull<T>(ask: () => Promise<T>): Promise<T | null> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof ShipshapeError)) throw error;
    return null;
  }
}
