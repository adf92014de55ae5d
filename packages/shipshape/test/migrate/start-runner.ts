// A runner as a process of its own, for what cannot be seen in one process: kill -9, SIGSTOP, twenty at once.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { RunEvent, RunOrder, RunResult } from '../../src/migrate/run-order.ts';

/** All that were started and may still run. */
export const children: ChildProcess[] = [];

export type Line = RunEvent | (RunResult & { readonly kind: 'result' });

export interface Runner {
  readonly child: ChildProcess;
  readonly lines: readonly Line[];
  /** Its exit code, null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** What the command sets for itself: a parser that is being optimised holds up the end of its process. */
const asTheCommand = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];
const root = join(import.meta.dirname, '../../../..');
let bundled: string | null = null;

/** Put together as the command is: it opens few files, as a user's runner does. One for this process. */
function findScript(): string {
  if (bundled !== null) return bundled;
  const name = `runner-${process.pid}`;
  const dist = join(root, 'packages/shipshape/dist');
  sweep(dist);
  const input = join(import.meta.dirname, 'run-migrations.mjs');
  execFileSync(process.execPath, [join(root, 'scripts/bundle.mjs'), name, input]);
  bundled = join(dist, name, 'main.cjs');
  return bundled;
}

/** A test's process is ended from outside: what it has put together is removed by one that comes after it. */
function sweep(dist: string): void {
  for (const name of readdirSync(dist)) {
    const pid = /^runner-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !isThere(Number(pid)))
      rmSync(join(dist, name), { recursive: true, force: true });
  }
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: somebody else's.
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

export function startRunner(
  url: string,
  folder: string,
  order: Partial<RunOrder> & { readonly stopAfterStatement?: boolean } = {},
): Runner {
  const child = spawn(
    process.execPath,
    [...asTheCommand, findScript(), JSON.stringify({ url, folder, ...order })],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  children.push(child);
  const lines: Line[] = [];
  let text = '';
  child.stdout.on('data', (data: Buffer) => {
    const parts = (text + data).split('\n');
    text = parts.pop() ?? '';
    lines.push(...parts.map((part) => JSON.parse(part) as Line));
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, lines, ended };
}

export function resultOf({ lines }: Runner): RunResult | undefined {
  return lines.find((line): line is RunResult & { kind: 'result' } => line.kind === 'result');
}
