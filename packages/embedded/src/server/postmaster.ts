// Reads and judges a data directory's postmaster.pid, which is PostgreSQL's own lock and record of who serves it.
import { linkSync, readFileSync, renameSync, rmSync, type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../embedded-error.ts';
import { type RunningProcess, readProcess } from '../system/processes.ts';

export interface Postmaster {
  readonly pid: number;
  readonly parent: number;
  /** TCP port, or the number in the socket's name. */
  readonly port: number;
  /** It takes connections. */
  readonly ready: boolean;
}

/**
 * Null when there is no pid file; `'stale'` when it names nobody who serves the directory. PostgreSQL would refuse to
 * start over an empty file or a pid that now belongs to another program, and two of its servers that clear a dead one's
 * file away at the same moment can remove each other's. The lines are those of PostgreSQL's `pidfile.h`.
 *
 * Judged by binary and data directory. The start time in line 3 would add nothing (another postgres with our directory
 * as its argument is ours as well) and would condemn a healthy server after the clock was set.
 */
export function readPostmaster(data: string): Postmaster | 'stale' | null {
  const text = readPidFile(data);
  if (text === null) return null;
  const pid = parsePid(text);
  const running = pid === null ? null : readProcess(pid);
  if (pid === null || running === null || !isPostmaster(running, data)) return 'stale';
  const [, , , port, , , , state] = text.split('\n');
  return { pid, parent: running.parent, port: Number(port), ready: state?.trim() === 'ready' };
}

function parsePid(text: string): number | null {
  const pid = Number(text.split('\n')[0]);
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

function isPostmaster(running: RunningProcess, data: string): boolean {
  const isPostgres = [running.executable, running.args[0]].every(
    (path) => path === null || basename(path ?? '') === 'postgres',
  );
  return isPostgres && running.args.includes(data);
}

/** The file is made empty and then filled, and read here without a lock: without a pid it is stale only if it stays so. */
const settledAfterMs = 500;

/**
 * Removes a pid file that was judged stale, unless a server has made a new one meanwhile. Taken aside first: between
 * looking and unlinking, the name may come to mean another file. A server whose postmaster was killed but whose children
 * still run is not endangered: the next one finds their shared memory by the directory's inode and refuses to start.
 */
export async function removeStalePidFile(data: string): Promise<void> {
  const path = join(data, 'postmaster.pid');
  const before = statSync(path, { throwIfNoEntry: false });
  if (parsePid(readPidFile(data) ?? '') === null) await sleep(settledAfterMs);
  if (readPostmaster(data) !== 'stale') return;
  if (!isSameFile(before, statSync(path, { throwIfNoEntry: false }))) return;
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (thrown) {
    // Somebody else has removed it.
    if (hasCode(thrown, 'ENOENT')) return;
    throw thrown;
  }
  if (!isSameFile(before, statSync(aside))) linkSync(aside, path);
  rmSync(aside);
}

/** By time as well: a filesystem may give the number of a removed file to the next. */
function isSameFile(one: Stats | undefined, other: Stats | undefined): boolean {
  return one !== undefined && one.ino === other?.ino && one.mtimeMs === other.mtimeMs;
}

function readPidFile(data: string): string | null {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8');
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT', 'ENOTDIR')) return null;
    throw thrown;
  }
}
