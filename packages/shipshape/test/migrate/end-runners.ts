// endRunnersAfterEach: whatever a test leaves running is killed after it.
import { afterEach } from 'vitest';
import { children } from './start-runner.ts';

/** Call it once in a test file. */
export function endRunnersAfterEach(): void {
  afterEach(() => {
    for (const child of children.splice(0)) if (child.exitCode === null) child.kill('SIGKILL');
  });
}
