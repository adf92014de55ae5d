// measure: what a whole process costs: wall, CPU of client and server, peak memory.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Cost {
  readonly wallMs: number;
  readonly clientCpuMs: number;
  readonly serverCpuMs: number;
  readonly peakMb: number;
}

export interface Command {
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Killed, and told as such, after this long. */
  readonly limitMs?: number;
  /** Exit codes that are a result. */
  readonly exits?: readonly number[];
}

const preload = fileURLToPath(new URL('usage.mjs', import.meta.url));

/** Runs a Node script. Null when it ran beyond its limit. Throws an Error with its output when it failed. */
export async function measure(command: Command, postmaster: number): Promise<Cost | null> {
  const folder = mkdtempSync(join(tmpdir(), 'shipshape-bench-'));
  const usageFile = join(folder, 'usage.json');
  try {
    const before = serverCpuMs(postmaster);
    const started = performance.now();
    const child = spawn(process.execPath, ['--import', preload, ...command.args], {
      cwd: command.cwd,
      env: { ...process.env, ...command.env, BENCH_USAGE_FILE: usageFile, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        if (output.length < 4000) output += chunk.toString();
      });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, command.limitMs ?? 120_000);
    const exit = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('close', resolve);
    });
    clearTimeout(timer);
    const wallMs = performance.now() - started;
    if (late) return null;
    if (!(command.exits ?? [0]).includes(exit ?? -1))
      throw new Error(`${command.args.join(' ')} ended with ${exit}:\n${output}`);
    const usage = JSON.parse(readFileSync(usageFile, 'utf8')) as { cpuMs: number; peakMb: number };
    return {
      wallMs,
      clientCpuMs: usage.cpuMs,
      serverCpuMs: serverCpuMs(postmaster) - before,
      peakMb: usage.peakMb,
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** CPU of the postmaster, its living children and those it has buried (proc(5), fields 14 to 17; a tick is 10 ms). */
export function serverCpuMs(postmaster: number): number {
  let ticks = 0;
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const fields = statOf(Number(name));
    if (fields === null) continue;
    const [parent, user = 0, system = 0, buriedUser = 0, buriedSystem = 0] = fields;
    if (Number(name) === postmaster) ticks += user + system + buriedUser + buriedSystem;
    else if (parent === postmaster) ticks += user + system;
  }
  return ticks * 10;
}

function statOf(pid: number): readonly number[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return [1, 11, 12, 13, 14].map((at) => Number(fields[at]));
  } catch (error) {
    // It ended while the folder was read.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
