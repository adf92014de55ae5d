// Keeps the server of a project's kept database until its last user is gone.
import { readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from '../embedded-error.ts';
import { endPostmaster } from '../server/end.ts';
import { launchServer, type Server } from '../server/launch.ts';
import { readPostmaster, removeStalePidFile } from '../server/postmaster.ts';
import { readProcess } from '../system/processes.ts';
import { makeHolders } from './holders.ts';
import { makeLeasePath, openLease } from './lease.ts';
import type { Answer, KeptOrder } from './order.ts';
import { pickPort, rememberPort } from './port.ts';

/** Long enough for the next command of a shell script to find the server still running. */
const graceMs = 500;
/** A fast shutdown writes a checkpoint first. */
const endPatienceMs = 60_000;
/** Longer than the slowest start of the keeper that we may be waiting for. */
const settlePatienceMs = 150_000;
/** Bytes of a log that the next start still appends to. */
const largestLog = 1_000_000;

export async function keepKept(order: KeptOrder, answer: (answer: Answer) => void): Promise<void> {
  const holders = makeHolders(graceMs);
  const started = await startServer(order);
  if (started === null) return answer({ state: 'elsewhere' });
  const { server, port } = started;
  try {
    for (const name of readdirSync(order.folder)) {
      if (/^lease-\d+\.sock$/.test(name)) rmSync(join(order.folder, name));
    }
    await holders.open(makeLeasePath(order.folder, server.pid), String(port));
    answer({ state: 'ready', folder: order.folder });
    await Promise.race([server.gone, holders.unused]);
  } finally {
    holders.close();
    await server.end('SIGINT', endPatienceMs);
  }
}

/** The server, or null when another keeper has it. Of several at once PostgreSQL's own lock chooses one. */
async function startServer(order: KeptOrder): Promise<{ server: Server; port: number } | null> {
  const data = join(order.folder, 'data');
  const deadline = Date.now() + settlePatienceMs;
  let refusal: unknown;
  for (; Date.now() < deadline; await sleep(20)) {
    const lease = await openLease(order.folder);
    lease?.release();
    if (lease !== null) return null;
    const postmaster = readPostmaster(data);
    if (postmaster === 'stale') {
      await removeStalePidFile(data);
    } else if (postmaster === null) {
      const port = await pickPort(order.folder);
      try {
        return { server: await launch(order, port), port };
      } catch (thrown) {
        if (!isLostRace(thrown)) throw thrown;
        refusal = thrown;
      }
    } else if (!isKeeperOf(order.folder, postmaster.parent)) {
      // Its keeper was killed. Ended rather than adopted: only a parent is told when its server ends.
      await endPostmaster(postmaster.pid, 'SIGINT', endPatienceMs);
    }
  }
  throw refusal ?? makeTimeoutError(order.folder);
}

async function launch(order: KeptOrder, port: number): Promise<Server> {
  const log = join(order.folder, 'server.log');
  if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > largestLog) renameSync(log, `${log}.old`);
  const server = launchServer({
    bin: order.bin,
    data: join(order.folder, 'data'),
    log,
    account: order.account,
    settings: { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: '' },
  });
  await server.ready;
  rememberPort(order.folder, port);
  return server;
}

/**
 * Another server was quicker, to the port or to the data directory: its lock file exists, is empty because it is being
 * written, or vanished while ours was looking at it.
 */
function isLostRace(thrown: unknown): boolean {
  return (
    thrown instanceof EmbeddedError &&
    /lock file "postmaster.pid"|lock file is invalid|pre-existing shared memory block|could not create any TCP\/IP sockets/.test(
      thrown.because,
    )
  );
}

function isKeeperOf(folder: string, pid: number): boolean {
  const args = readProcess(pid)?.args ?? [];
  const order = `"folder":${JSON.stringify(folder)}`;
  return args.some((arg) => arg.endsWith('/keeper/main.js')) && args.some((arg) => arg.includes(order));
}

function makeTimeoutError(folder: string): EmbeddedError {
  return new EmbeddedError('embedded-start-failed', {
    what: 'The kept database neither started nor answered.',
    because: `another keeper holds ${folder} and has not become ready in ${settlePatienceMs / 1000} s`,
    do: `see ${join(folder, 'server.log')}`,
  });
}
