// A runner as a process of its own, for what cannot be seen in one process: kill -9, SIGSTOP, twenty at once.
import { type ChildProcess, spawn } from 'node:child_process';
import type { RunEvent, RunOrder, RunResult } from '../../src/migrate/run-order.ts';
import { bundleRunner } from './bundle-runner.ts';

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

export function startRunner(
  url: string,
  folder: string,
  order: Partial<RunOrder> & { readonly stopAfterStatement?: boolean } = {},
): Runner {
  const child = spawn(
    process.execPath,
    [...asTheCommand, bundleRunner(), JSON.stringify({ url, folder, ...order })],
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
