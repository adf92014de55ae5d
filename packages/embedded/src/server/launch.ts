// Starts one postgres as our child and waits until it, and no other server, takes connections.
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { EmbeddedError } from '../embedded-error.ts';
import type { Account } from '../system/account.ts';
import { endPostmaster } from './end.ts';
import { readPostmaster } from './postmaster.ts';

export interface Launch {
  readonly bin: string;
  readonly data: string;
  /** Its stderr goes to this file and not to a pipe: nobody has to drain it, and it outlives its keeper. */
  readonly log: string;
  readonly account: Account | null;
  readonly settings: Readonly<Record<string, string>>;
  /** Its whole environment: what ours says about other servers (PGDATA, PGPORT …) is no matter of this one. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Server {
  readonly pid: number;
  /** Resolves when it takes connections; rejects with `embedded-start-failed`, whose `because` is the server's own. */
  readonly ready: Promise<void>;
  readonly gone: Promise<void>;
  /** Ends it, as `endPostmaster` does. */
  end(signal: 'SIGQUIT' | 'SIGINT', patienceMs: number): Promise<void>;
}

/** Crash recovery of a large kept database on a slow disk is the slowest honest start. */
const startPatienceMs = 120_000;

export function launchServer(launch: Launch): Server {
  const log = openSync(launch.log, 'a', 0o600);
  const logStart = statSync(launch.log).size;
  const settings = Object.entries(launch.settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(join(launch.bin, 'postgres'), ['-D', launch.data, ...settings], {
    cwd: '/',
    env: { ...launch.environment },
    stdio: ['ignore', log, log],
    ...launch.account,
  });
  closeSync(log);
  const gone = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  const pid = child.pid ?? 0;
  const hasEnded = () => pid === 0 || child.exitCode !== null || child.signalCode !== null;
  return {
    pid,
    ready: waitUntilReady(launch, pid, hasEnded, logStart),
    gone,
    async end(signal, patienceMs) {
      // Its number may be somebody else's once it was reaped.
      if (!hasEnded()) await endPostmaster(pid, signal, patienceMs);
    },
  };
}

async function waitUntilReady(
  launch: Launch,
  pid: number,
  hasEnded: () => boolean,
  logStart: number,
): Promise<void> {
  const deadline = Date.now() + startPatienceMs;
  for (;;) {
    // That something answers on the socket or port proves nothing: it may be another server's.
    const postmaster = readPostmaster(launch.data);
    if (postmaster !== null && postmaster !== 'stale' && postmaster.pid === pid && postmaster.ready) return;
    const late = Date.now() > deadline;
    if (late) await endPostmaster(pid, 'SIGQUIT', 5_000);
    if (hasEnded() || late) throw makeStartError(launch, pid, logStart, late);
    await sleep(5);
  }
}

function makeStartError(launch: Launch, pid: number, logStart: number, late: boolean): EmbeddedError {
  const said = readFileSync(launch.log).subarray(logStart).toString('utf8').trim();
  // Of several servers that race for one directory each writes to its log.
  const own = said.split('\n').filter((line) => line.includes(`[${pid}] `));
  const reasons = own.filter((line) => /(FATAL|PANIC|HINT|DETAIL): |(could not|invalid)/.test(line));
  return new EmbeddedError('embedded-start-failed', {
    what: late
      ? `The embedded PostgreSQL was not ready after ${startPatienceMs / 1000} s.`
      : 'The embedded PostgreSQL ended while it started.',
    because: reasons.join('; ') || said.slice(-1000) || `${launch.bin}/postgres did not run`,
    do: `see ${launch.log}; if files of ${launch.bin} are missing, remove that installation's folder and start again`,
  });
}
