// retrying: a piece of work in a transaction of ours, tried again while somebody else's lock stands in its way.
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../postgres/database-error.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { renderBlocker } from './blockers.ts';
import { explainFailure, type Spot } from './explain-failure.ts';
import type { Migration } from './migration.ts';
import { placeOf } from './place.ts';
import { jitter } from './poll.ts';
import type { Blocker } from './run-order.ts';
import { type Scene, standOf } from './scene.ts';

const firstPauseMs = 200;
const longestPauseMs = 5000;

/** How far an attempt came. */
export interface Attempt {
  /** The one that is running. */
  statement: Spot | null;
  blockers: readonly Blocker[];
}

/**
 * `once` leaves nothing behind when it rejects. A lock that did not come in time costs the whole transaction: keeping the
 * locks of its earlier statements over a pause would stop the traffic. Throws what `explainFailure` makes of an error,
 * and ShipshapeError `lock-not-granted` (exit 5).
 */
export async function retrying<T>(
  scene: Scene,
  migration: Migration,
  once: (attempt: Attempt) => Promise<T>,
): Promise<T> {
  const { order } = scene;
  /** What is done before a lock is asked for may take hours, and is no waiting. */
  let refusedAt: number | null = null;
  let pause = firstPauseMs;
  let blockers: readonly Blocker[] = [];
  for (let attempts = 1; ; attempts++) {
    const attempt: Attempt = { statement: null, blockers: [] };
    try {
      return await once(attempt);
    } catch (error) {
      if (!mayPass(error) || order.signal?.aborted === true)
        throw await explainFailure(scene, migration, attempt.statement, error);
      // Not every attempt sees who it waited for.
      if (attempt.blockers.length > 0) blockers = attempt.blockers;
      const inMs = jitter(pause);
      refusedAt ??= performance.now();
      const waited = performance.now() - refusedAt;
      if (waited + inMs > order.waitSeconds * 1000)
        throw notGranted(scene, migration, { ...attempt, blockers }, { attempts, waited }, error);
      const line = attempt.statement?.line ?? null;
      order.on({ kind: 'trying again', migration: migration.id, line, blockers, attempt: attempts, inMs });
      await rest(scene, migration, inMs);
      pause = Math.min(pause * 2, longestPauseMs);
    }
  }
}

/** Somebody else's lock stood in the way; it will not for ever. */
function mayPass(error: unknown): boolean {
  return (
    error instanceof DatabaseError &&
    (error.sqlstate === sqlstates.lockNotAvailable || error.sqlstate === sqlstates.deadlockDetected)
  );
}

/** Throws what `explainFailure` says of Ctrl-C. */
export async function rest(scene: Scene, migration: Migration, milliseconds: number): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: scene.order.signal });
  } catch (error) {
    throw await explainFailure(scene, migration, null, error);
  }
}

function notGranted(
  scene: Scene,
  migration: Migration,
  { statement, blockers }: Attempt,
  { attempts, waited }: { readonly attempts: number; readonly waited: number },
  cause: unknown,
): ShipshapeError {
  const line = statement?.line ?? null;
  const data = {
    migration: migration.id,
    waited: Math.round(waited / 1000),
    attempts,
    blockers: blockers.map(renderBlocker),
    pids: blockers.map((each) => each.pid),
    ...standOf(scene.progress),
  };
  return new ShipshapeError([makeFinding('lock-not-granted', data, placeOf(migration, line))], { cause });
}
