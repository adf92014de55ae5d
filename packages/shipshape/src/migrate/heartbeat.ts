// The heartbeat: renews the lease from the second connection, and ends our own work when that does not succeed in time.
import { renewLease } from './lease.ts';
import type { Heartbeat } from './lock.ts';
import type { Runner } from './runner.ts';
import { endBackend } from './signal-backend.ts';

/**
 * Every third of a lease. What is not renewed for two thirds of it, by the client's monotonic clock, is lost while the
 * server still thinks it is held: the last third is for ending our own session before anybody else may begin. `takenAt`:
 * when it was asked for, by that clock; the answer may have been long on its way.
 */
export function startHeartbeat(runner: Runner, token: string, leaseMs: number, takenAt: number): Heartbeat {
  const { work, beat } = runner;
  let renewedAt = takenAt;
  let lost: string | null = null;
  let tellLoss: (() => void) | undefined;
  const loss = new Promise<void>((resolve) => {
    tellLoss = resolve;
  });

  const lose = (reason: string) => {
    if (lost !== null) return;
    lost = reason;
    stop();
    tellLoss?.();
    // Where the second connection is gone too, the server ends the first by itself when it finds its client gone.
    if (runner.backend !== null) endBackend(beat, runner.backend).catch(() => undefined);
    work.destroy();
  };
  const overdue = () => performance.now() - renewedAt > (leaseMs * 2) / 3;
  const tooLate = () => `it was not renewed for ${Math.round((performance.now() - renewedAt) / 100) / 10} s`;

  const beatOnce = async () => {
    const sentAt = performance.now();
    try {
      if (await renewLease(runner, token, leaseMs)) renewedAt = sentAt;
      else lose('it was over, or another runner had taken it');
    } catch (error) {
      lose(`it could not be renewed (${error instanceof Error ? error.message : String(error)})`);
    }
  };
  const timer = setInterval(() => {
    if (overdue()) lose(tooLate());
    else void beatOnce();
  }, leaseMs / 3);
  // Between two beats nobody else looks: the answer to one that was sent in time may never come.
  const watch = setInterval(() => {
    if (overdue()) lose(tooLate());
  }, leaseMs / 20);
  const stop = () => {
    clearInterval(timer);
    clearInterval(watch);
  };
  return {
    lostBecause() {
      if (overdue()) lose(tooLate());
      return lost;
    },
    // An answer that never comes is not waited for longer than the lease lasts.
    beatNow: () => Promise.race([beatOnce(), loss]),
    stop,
  };
}
