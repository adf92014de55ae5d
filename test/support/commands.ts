// Which commands this machine has beside Node: tests that need one skip visibly without it, and CI installs it.
import { spawnSync } from 'node:child_process';

export function hasCommand(name: string): boolean {
  return spawnSync(name, ['--version'], { stdio: 'ignore' }).error === undefined;
}
