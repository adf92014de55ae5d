// Ends a process and waits until it is gone.
import { setTimeout as sleep } from 'node:timers/promises';
import { hasCode } from '../embedded-error.ts';
import { readProcess } from '../system/processes.ts';

/**
 * SIGQUIT is PostgreSQL's immediate shutdown (no checkpoint), SIGINT the fast one ("Shutting Down the Server"). The
 * signal is repeated, because one that comes before the server has its handlers is lost; SIGKILL after `patienceMs`.
 */
export async function endPostmaster(
  pid: number,
  signal: 'SIGQUIT' | 'SIGINT',
  patienceMs: number,
): Promise<void> {
  const started = readProcess(pid)?.started;
  const deadline = Date.now() + patienceMs;
  for (let turn = 0; started !== undefined; turn++) {
    if (readProcess(pid)?.started !== started) return;
    if (turn % 10 === 0) sendSignal(pid, Date.now() < deadline ? signal : 'SIGKILL');
    await sleep(10);
  }
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (thrown) {
    // It went while we looked.
    if (!hasCode(thrown, 'ESRCH')) throw thrown;
  }
}
