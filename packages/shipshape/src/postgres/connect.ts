// Opens a connection of our own to a PostgreSQL server.
import { createRequire } from 'node:module';
import type { Client, ClientConfig } from 'pg';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import {
  ChannelNotBound,
  explainConnectError,
  oldestMajor,
  PasswordAbsent,
  ServerTooOld,
} from './explain-connect-error.ts';
import { parseTarget } from './parse-target.ts';
import { majorOf } from './server-major.ts';
import type { OwnSession } from './session.ts';
import { makeSession } from './session-of-client.ts';
import type { Target } from './target.ts';
import { type Attempt, attemptsOf, type Taken, worthAnother } from './tls-attempts.ts';

export interface ConnectOptions {
  /** Wins over the target's own. */
  readonly applicationName?: string;
  /** Wins over the target's own. 10 seconds when neither says: libpq would wait for ever. */
  readonly connectTimeoutMs?: number;
}

/**
 * One connection, one backend, no pool. A string is read by `parseTarget` with this process's environment.
 * Throws ShipshapeError: `driver-missing`, exit 2; every way in which a server cannot be reached or does not let us
 * in, exit 4. No message holds the password.
 */
export async function connect(target: Target | string, options: ConnectOptions = {}): Promise<OwnSession> {
  const to = typeof target === 'string' ? parseTarget(target, process.env) : target;
  const driver = loadDriver();
  let failure: unknown;
  for (const attempt of attemptsOf(to, lastTaken.get(to))) {
    const client = new driver.Client(makeConfig(to, attempt, options));
    try {
      const session = await open(client, to);
      lastTaken.set(to, attempt.tls === null ? 'plain' : 'encrypted');
      return session;
    } catch (error) {
      failure = error;
      if (!worthAnother(error, attempt)) break;
    }
  }
  throw new ShipshapeError([explainConnectError(failure, to)], { cause: failure });
}

/** With another attempt first, each connection of a run would find out anew what the first has. */
const lastTaken = new WeakMap<Target, Taken>();

/** Throws ShipshapeError `driver-missing`. */
export function loadDriver(): { Client: new (config: ClientConfig) => Client } {
  try {
    return asOnNewerNode(() => createRequire(import.meta.url)('pg'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
    throw new ShipshapeError([makeFinding('driver-missing', {})], { cause: error });
  }
}

/**
 * While it is loaded, pg asks `navigator` where it runs, and without one (Node 20) makes a Response to find out, for which
 * Node loads all of fetch: a tenth of a start. Newer versions of Node have this navigator.
 */
function asOnNewerNode<T>(load: () => T): T {
  if ('navigator' in globalThis) return load();
  const userAgent = `Node.js/${process.versions.node.split('.')[0]}`;
  Object.defineProperty(globalThis, 'navigator', { value: { userAgent }, configurable: true });
  try {
    return load();
  } finally {
    Reflect.deleteProperty(globalThis, 'navigator');
  }
}

function makeConfig(target: Target, attempt: Attempt, options: ConnectOptions): ClientConfig {
  const seconds = target.connectTimeout ?? 10;
  return {
    host: target.host,
    port: target.port,
    database: target.database,
    user: target.user,
    // A function: given nothing, pg would look for PGPASSWORD and a password file by rules of its own.
    password: () => {
      if (target.password === null) throw new PasswordAbsent();
      return target.password();
    },
    ssl: attempt.tls ?? false,
    sslnegotiation: attempt.tls !== null && target.tls.direct ? 'direct' : 'postgres',
    enableChannelBinding: target.channelBinding,
    connectionTimeoutMillis: options.connectTimeoutMs ?? seconds * 1000,
    application_name: options.applicationName ?? target.applicationName ?? 'shipshape',
    keepAlive: true,
    // What is asked before the last answer has come travels with it (manual 54.2.4); older versions of pg ask in turn.
    pipeline: true,
    ...(target.options === null ? {} : { options: target.options }),
  };
}

/** pg's connection, as far as it is looked at here: it tells what the server asks for. */
interface Wire {
  on(event: 'authenticationSASL', listener: (message: { mechanisms: readonly string[] }) => void): void;
  readonly stream: { destroy(): void };
}

async function open(client: Client, target: Target): Promise<OwnSession> {
  const wire = (client as unknown as { readonly connection: Wire }).connection;
  const session = makeSession(client, () => wire.stream.destroy(), target.display);
  let bound = false;
  wire.on('authenticationSASL', (message) => {
    bound = message.mechanisms.includes('SCRAM-SHA-256-PLUS');
  });
  try {
    await client.connect();
    if (target.channelBinding && !bound) throw new ChannelNotBound();
    // Where it says nothing that we understand (a proxy), the first query will tell.
    const major = majorOf(session.serverVersion);
    if (major !== null && major < oldestMajor) throw new ServerTooOld(session.serverVersion);
    return session;
  } catch (error) {
    session.destroy();
    throw error;
  }
}
