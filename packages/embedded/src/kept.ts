// The kept PostgreSQL database of a project, shared by every process that works on it.
import { realpathSync } from 'node:fs';
import { Client, escapeIdentifier } from 'pg';
import { EmbeddedError } from './embedded-error.ts';
import { keptRole, makeCluster, readPassword } from './install/cluster.ts';
import { readInstallation } from './install/installation.ts';
import { type Lease, openLease } from './keeper/lease.ts';
import { startKeeper } from './keeper/start.ts';
import { readServerAccount } from './system/account.ts';
import { readKeptPlace } from './system/places.ts';

export interface KeptDatabase {
  /** Absolute path of the project's folder. */
  readonly project: string;
  readonly database: string;
}

export interface KeptServer {
  /** `postgres://postgres:<password>@127.0.0.1:<port>/<database>`: a secret, not for logs. */
  readonly url: string;
  /** We started it; false when it was running. */
  readonly started: boolean;
  /** Resolves (with `embedded-lost`) when the server or its keeper goes although we have not left. Join again then. */
  readonly lost: Promise<Error>;
  /** We no longer need it. Dying does the same. */
  leave(): Promise<void>;
}

/**
 * Joins the project's server, starting it if need be (and making its data, the role and the database at first). It ends
 * half a second after its last user left or died, and does not keep this process alive.
 * @throws EmbeddedError
 */
export async function joinKeptServer(options: KeptDatabase): Promise<KeptServer> {
  const folder = readKeptPlace(options.project);
  const { lease, started } = await findOrStart(folder, realpathSync(options.project));
  const url = (database: string) => makeUrl(folder, lease, database);
  try {
    await makeDatabase(url('postgres'), options.database);
  } catch (thrown) {
    lease.release();
    throw thrown;
  }
  let left = false;
  const lost = new Promise<Error>((resolve) => {
    void lease.closed.then(() => {
      if (!left) resolve(makeLostError(options.project));
    });
  });
  return {
    url: url(options.database),
    started,
    lost,
    async leave() {
      left = true;
      lease.release();
      await lease.closed;
    },
  };
}

/** Looks without joining or starting: null when it is not running. */
export async function findKeptServer(options: KeptDatabase): Promise<{ url: string } | null> {
  const folder = readKeptPlace(options.project);
  const lease = await openLease(folder);
  lease?.release();
  return lease === null ? null : { url: makeUrl(folder, lease, options.database) };
}

async function findOrStart(folder: string, project: string): Promise<{ lease: Lease; started: boolean }> {
  const running = await openLease(folder);
  if (running !== null) return { lease: running, started: false };
  const installation = await readInstallation();
  await makeCluster(folder, project, installation);
  const order = { kind: 'kept', folder, bin: installation.bin, account: readServerAccount() } as const;
  for (let turn = 0; turn < 10; turn++) {
    const keeper = await startKeeper(order);
    const lease = await openLease(folder);
    // Only now: until the lease is open, the channel to our keeper is what holds it.
    keeper.release();
    if (lease !== null) return { lease, started: keeper.answer.state === 'ready' };
    // The server that our keeper found ended before we could hold it: its last user had gone.
  }
  throw new EmbeddedError('embedded-start-failed', {
    what: `The kept database of ${project} cannot be joined.`,
    because: 'whenever its server was ready, its keeper did not answer',
    do: `see ${folder}/server.log`,
  });
}

function makeUrl(folder: string, lease: Lease, database: string): string {
  return `postgres://${keptRole}:${readPassword(folder)}@127.0.0.1:${lease.port}/${encodeURIComponent(database)}`;
}

async function makeDatabase(url: string, name: string): Promise<void> {
  const client = new Client(url);
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE template0`);
  } catch (thrown) {
    // Made at the same moment by another: duplicate_database, or unique_violation when closer still.
    if (!(thrown instanceof Error && 'code' in thrown && ['42P04', '23505'].includes(String(thrown.code))))
      throw thrown;
  } finally {
    await client.end();
  }
}

function makeLostError(project: string): EmbeddedError {
  return new EmbeddedError('embedded-lost', {
    what: `The kept database of ${project} was lost.`,
    because: 'its server or its keeper ended while we used it',
    do: 'join it again; what was committed is kept',
  });
}
