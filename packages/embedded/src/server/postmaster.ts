// Reads and judges a data directory's postmaster.pid, which is PostgreSQL's own lock and record of who serves it.
import { linkSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../embedded-error.ts';
import { readProcess } from '../system/processes.ts';

export interface Postmaster {
  readonly pid: number;
  readonly parent: number;
  /** TCP port, or the number in the socket's name. */
  readonly port: number;
  /** It takes connections. */
  readonly ready: boolean;
}

/**
 * Null when nobody serves the directory, which includes a pid file whose process is dead: PostgreSQL clears that away
 * itself. `'stale'` is what it would refuse to start over: an empty file, or a pid that now belongs to another program.
 * The lines are those of PostgreSQL's `pidfile.h`.
 *
 * Judged by binary and data directory. The start time in line 3 would add nothing (another postgres with our directory
 * as its argument is ours as well) and would condemn a healthy server after the clock was set.
 */
export function readPostmaster(data: string): Postmaster | 'stale' | null {
  const text = readPidFile(data);
  if (text === null) return null;
  const [pidLine, , , port, , , , state] = text.split('\n');
  const pid = Number(pidLine);
  if (!Number.isInteger(pid) || pid <= 0) return 'stale';
  const running = readProcess(pid);
  if (running === null) return null;
  const isPostgres = [running.executable, running.args[0]].every(
    (path) => path === null || basename(path ?? '') === 'postgres',
  );
  if (!isPostgres || !running.args.includes(data)) return 'stale';
  return { pid, parent: running.parent, port: Number(port), ready: state?.trim() === 'ready' };
}

/** The file is made empty and then filled, and read here without a lock: it is stale only if it stays so. */
const settledAfterMs = 500;

/**
 * Removes a pid file that was judged stale, unless a server has made a new one meanwhile. Taken aside first: between
 * looking and unlinking, the name may come to mean another file.
 */
export async function removeStalePidFile(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid');
  const before = statSync(path, { throwIfNoEntry: false });
  await sleep(settledAfterMs);
  if (before === undefined || readPostmaster(data) !== 'stale') return;
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (thrown) {
    // Somebody else has removed it.
    if (hasCode(thrown, 'ENOENT')) return;
    throw thrown;
  }
  if (statSync(aside).ino !== before.ino) linkSync(aside, path);
  rmSync(aside);
}

function readPidFile(data: string): string | null {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8');
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT', 'ENOTDIR')) return null;
    throw thrown;
  }
}
