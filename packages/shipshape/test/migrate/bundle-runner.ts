// bundleRunner: the runner of tests put together as the command is, so that it opens few files, as a user's does.
import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../../../..');
let bundled: string | null = null;

/** Once for this process. The script's path. */
export function bundleRunner(): string {
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
