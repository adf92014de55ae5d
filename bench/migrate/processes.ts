// The processes of this bench: run to their end, and what they took told against a limit.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Migrations } from '../migrations.ts';

export const command = fileURLToPath(new URL('../../packages/shipshape/bin/shipshape.cjs', import.meta.url));

/** Milliseconds, as `time`. */
export function migrate(url: string, { folder }: Migrations, program: readonly string[] = [command]): number {
  return time([...program, 'migrate', '--migrations', folder], url);
}

/** Milliseconds of a whole process. Throws an Error with its output when it failed. */
export function time(args: readonly string[], url: string): number {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, DATABASE_URL: url, NO_COLOR: '1' },
    maxBuffer: 1e8,
  });
  const took = performance.now() - started;
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return took;
}

export function tell(what: string, ours: number, limit: number, ratio: number, goal: number): void {
  const mark = Number.isNaN(goal) ? ' ' : ratio <= goal ? '✓' : '✗';
  const wanted = Number.isNaN(goal) ? '' : ` (goal ≤ ${goal}×)`;
  console.log(
    `${mark} ${what.padEnd(46)} ${ours.toFixed(0)} ms against ${limit.toFixed(0)} ms: ${ratio.toFixed(2)}×${wanted}`,
  );
}
