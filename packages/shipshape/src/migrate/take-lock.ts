// takeLock: the lease, and then the session lock as proof that no other runner's session lives any more.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { isConnectionLost } from './connection-lost.ts';
import { startHeartbeat } from './heartbeat.ts';
import {
  type Ending,
  endExpiredHolder,
  endSessionLockOwner,
  isSessionLockFree,
  readHolder,
  readSessionLockOwner,
} from './holder.ts';
import { giveBackLease, takeLease } from './lease.ts';
import { explainLeaseLoss } from './lease-loss.ts';
import type { Lock } from './lock.ts';
import { type Patience, poll } from './poll.ts';
import type { Holder, RunOrder } from './run-order.ts';
import type { Runner } from './runner.ts';
import type { Progress } from './scene.ts';

/** How often a wait is told while it stays the same. */
const tellEveryMs = 5000;

/**
 * Null when the work was done by others meanwhile (`stillNeeded`). Throws ShipshapeError `runner-busy` (exit 5) when
 * the wait is over, `lease-lost` (exit 6) when the lease is lost while the session lock is waited for.
 */
export async function takeLock(
  runner: Runner,
  order: RunOrder,
  progress: Progress,
  stillNeeded: () => Promise<boolean>,
): Promise<Lock | null> {
  const waiting = makeWaiting(order);
  const leaseMs = order.leaseSeconds * 1000;
  const taken = await poll(waiting.patience, async (soon) => {
    const sentAt = performance.now();
    const token = await takeLease(runner, leaseMs);
    if (token !== null) return { token, sentAt };
    const ending = await endExpiredHolder(runner);
    if (ending === 'ended') soon();
    waiting.tell(await readHolder(runner, ending));
    return (await stillNeeded()) ? undefined : null;
  });
  if (taken === null) return null;
  if (taken === undefined) throw waiting.busy(runner);
  const { token, sentAt } = taken;
  const lock: Lock = { token, heartbeat: startHeartbeat(runner, token, leaseMs, sentAt) };
  try {
    if (await takeSessionLock(runner, waiting)) return lock;
    throw waiting.busy(runner);
  } catch (error) {
    const explained = await explainLeaseLoss(lock, progress, error);
    lock.heartbeat.stop();
    if (explained === error) await giveBackLease(runner, token);
    throw explained;
  }
}

/** Behind a pooler the lock cannot be held, only be seen to be free: the fence alone protects what runs there. */
async function takeSessionLock(runner: Runner, waiting: Waiting): Promise<boolean> {
  let attempts = 0;
  const taken = await poll(waiting.patience, async (soon) => {
    if (await (runner.pooled ? isSessionLockFree(runner) : tryLock(runner))) return true;
    // The first time it may be a runner on its way out.
    const ending: Ending = attempts++ === 0 ? 'nobody' : await endSessionLockOwner(runner);
    if (ending !== 'refused') soon();
    else waiting.tell(await readSessionLockOwner(runner, ending));
    return undefined;
  });
  return taken === true;
}

async function tryLock({ work, sessionKey }: Runner): Promise<boolean> {
  const { rows } = await work.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock($1, $2) AS taken',
    sessionKey,
  );
  return rows[0]?.taken === true;
}

interface Waiting {
  readonly patience: Patience;
  tell(holder: Holder): void;
  busy(runner: Runner): ShipshapeError;
}

function makeWaiting({ waitSeconds, signal, on }: RunOrder): Waiting {
  const began = performance.now();
  let last: Holder | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  const seconds = () => Math.round((performance.now() - began) / 1000);
  return {
    patience: { until: began + waitSeconds * 1000, signal },
    tell(holder) {
      const same = last?.pid === holder.pid && last.endable === holder.endable && last.since === holder.since;
      last = holder;
      if (same && performance.now() - toldAt < tellEveryMs) return;
      toldAt = performance.now();
      on({ kind: 'waiting for runner', holder, seconds: seconds() });
    },
    busy({ user }) {
      const {
        runner = 'another runner',
        since = null,
        statement = null,
        pid = null,
        endable = true,
      } = last ?? {};
      const data = { waited: seconds(), holder: runner, since, statement, pid, endable, user };
      return new ShipshapeError([makeFinding('runner-busy', data)]);
    },
  };
}

/**
 * The session lock first: while the lease is still ours nobody takes the free session lock for a sign of death, and
 * nobody ends our session. A session that is gone has given its lock back already.
 */
export async function releaseLock(runner: Runner, lock: Lock): Promise<void> {
  lock.heartbeat.stop();
  try {
    if (!runner.pooled) await runner.work.query('SELECT pg_advisory_unlock($1, $2)', runner.sessionKey);
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
  }
  // A lease that is lost is not ours to give, and the connection that would carry it may be dumb.
  if (lock.heartbeat.lostBecause() === null) await giveBackLease(runner, lock.token);
}
