// watch: what runs on the first connection looked at from the second, and cancelled when the run is to stop.
import { readBlockers } from './blockers.ts';
import type { Migration } from './migration.ts';
import { makePaceMeter } from './pace.ts';
import { readAdvance } from './read-advance.ts';
import type { Blocker } from './run-order.ts';
import type { Scene } from './scene.ts';
import { cancelBackend } from './signal-backend.ts';
import type { ToldStatement } from './told-statement.ts';

/** How often a statement that waits for a lock is told again. */
const tellEveryMs = 5000;
/** How often something long is looked at. */
const progressEveryMs = 1000;
/** A cancellation that arrives before the statement has begun is forgotten by the server. */
const cancelEveryMs = 200;

export interface Watch {
  /** This is what runs from now on; null for none of the file's statements. The moment, in ms of the monotonic clock. */
  at(statement: ToldStatement | null): number;
  readonly stop: () => void;
}

/** Until it is stopped: tells who blocks what runs (`seen` too), or how far it is, and cancels it when the run is to stop. */
export function watch(
  { order, runner, lock }: Scene,
  migration: Migration,
  seen: (blockers: readonly Blocker[]) => void,
): Watch {
  const { signal } = order;
  const { id } = migration;
  let looks: readonly NodeJS.Timeout[] = [];
  const stopLooking = () => {
    for (const timer of looks) clearTimeout(timer);
    looks = [];
  };
  const at = (statement: ToldStatement | null) => {
    const began = performance.now();
    const line = statement?.line ?? null;
    const pace = makePaceMeter();
    const long = statement !== null && statement.outside !== null;
    const look = async () => {
      // A look that fails says nothing: whether the second connection lives is the heartbeat's question.
      const blockers = await readBlockers(runner).catch(() => []);
      const pid = long ? runner.backend?.pid : undefined;
      const advance = pid === undefined ? null : await readAdvance(runner.beat, pid).catch(() => null);
      if (looks !== own) return;
      if (blockers.length > 0) seen(blockers);
      const seconds = (performance.now() - began) / 1000;
      if (advance !== null && line !== null)
        order.on({ kind: 'progress', migration: id, line, advance, ...pace(advance), blockers });
      else if (blockers.length > 0)
        order.on({ kind: 'waiting for lock', migration: id, line, blockers, seconds });
    };
    stopLooking();
    // Half-way to the time-out: after it the information is gone.
    const own = [
      setTimeout(look, order.lockTimeoutMs / 2),
      setInterval(look, long ? progressEveryMs : tellEveryMs),
    ];
    looks = own;
    return began;
  };
  let cancelling: NodeJS.Timeout | undefined;
  const cancel = () => {
    if (lock.heartbeat.lostBecause() === null && runner.backend !== null)
      cancelBackend(runner.beat, runner.backend).catch(() => undefined);
  };
  const onAbort = () => {
    cancel();
    cancelling = setInterval(cancel, cancelEveryMs);
  };
  if (signal?.aborted === true) onAbort();
  else signal?.addEventListener('abort', onAbort, { once: true });
  at(null);
  return {
    at,
    stop() {
      stopLooking();
      clearInterval(cancelling);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}

/** The same while `work` goes on, for `statement`. */
export async function watched<T>(
  scene: Scene,
  migration: Migration,
  statement: ToldStatement,
  seen: (blockers: readonly Blocker[]) => void,
  work: () => Promise<T>,
): Promise<T> {
  const watching = watch(scene, migration, seen);
  watching.at(statement);
  return work().finally(watching.stop);
}
