// What the operating system knows about a process: enough to tell whether a pid is still whom we think.
import { execFileSync } from 'node:child_process';
import { readFileSync, readlinkSync } from 'node:fs';
import { hasCode } from '../embedded-error.ts';

export interface RunningProcess {
  readonly parent: number;
  /** Path of the binary; null when hidden: a container's root lacks CAP_SYS_PTRACE for other accounts' processes. */
  readonly executable: string | null;
  readonly args: readonly string[];
  /** Equal for the same pid only if it is the same process. */
  readonly started: string;
}

/** Null when there is none, or only the zombie of one. */
export function readProcess(pid: number): RunningProcess | null {
  return process.platform === 'linux' ? readFromProc(pid) : readFromPs(pid);
}

function readFromProc(pid: number): RunningProcess | null {
  try {
    // proc(5): the name in parentheses may itself hold blanks and parentheses; state, ppid and starttime follow it.
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return {
      parent: Number(fields[1]),
      executable: readExecutable(pid),
      args: readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0'),
      started: fields[19]!,
    };
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT', 'ESRCH')) return null;
    throw thrown;
  }
}

function readExecutable(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch (thrown) {
    if (hasCode(thrown, 'EACCES', 'EPERM')) return null;
    throw thrown;
  }
}

/** ps(1) with columns that macOS and Linux share. A path with a blank would be cut: ours are compared as a whole. */
function readFromPs(pid: number): RunningProcess | null {
  try {
    const format = ['-o', 'stat=,ppid=,lstart=,command='];
    const line = execFileSync('ps', ['-ww', ...format, '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [state, parent, ...rest] = line.trim().split(/\s+/);
    if (state === undefined || state.startsWith('Z')) return null;
    const args = rest.slice(5);
    return { parent: Number(parent), executable: null, args, started: rest.slice(0, 5).join(' ') };
  } catch (thrown) {
    // ps ends with 1 when no process matches.
    if (thrown instanceof Error && 'status' in thrown && thrown.status === 1) return null;
    throw thrown;
  }
}
