// runStatement: one statement of a migration, watched from the second connection while it runs.
import type { Notice } from '../postgres/session.ts';
import type { Statement } from '../postgres/statement.ts';
import { readBlockers } from './blockers.ts';
import { describeDeed } from './describe-statement.ts';
import type { Migration } from './migration.ts';
import { makePaceMeter } from './pace.ts';
import { readAdvance } from './read-advance.ts';
import { outsideOf } from './refuse-statement.ts';
import type { Blocker } from './run-order.ts';
import type { Scene } from './scene.ts';
import { cancelBackend } from './signal-backend.ts';

/** How often a statement that waits for a lock is told again. */
const tellEveryMs = 5000;
/** How often something long is looked at. */
const progressEveryMs = 1000;
/** A cancellation that arrives before the statement has begun is forgotten by the server. */
const cancelEveryMs = 200;

/** Runs it and says in words what it did; `seen` is told who blocks it. Rejects as the session does. */
export async function runStatement(
  scene: Scene,
  migration: Migration,
  statement: Statement,
  seen: (blockers: readonly Blocker[]) => void,
): Promise<readonly string[]> {
  const { order, runner } = scene;
  const began = performance.now();
  runner.notices.length = 0;
  runner.mayHavePrepared = true;
  const result = await watched(scene, migration, statement, seen, () => runner.work.query(statement.text));
  const words = describeDeed(statement, result.rowCount, runner.notices);
  order.on({
    kind: 'statement',
    migration: migration.id,
    line: statement.line,
    words,
    notices: runner.notices.filter((notice) => !isSkip(notice)).map((notice) => notice.message),
    milliseconds: performance.now() - began,
  });
  return words;
}

/** What IF [NOT] EXISTS says is in the words already. */
function isSkip({ sqlstate, message }: Notice): boolean {
  return /^42(701|P07|P06|710)$/.test(sqlstate) || /, skipping$/.test(message);
}

/** While `work` goes on (null: it is none of the file's statements): tells who blocks it, or how far it is, and cancels it when the run is to stop. */
export async function watched<T>(
  scene: Scene,
  migration: Migration,
  statement: Statement | null,
  seen: (blockers: readonly Blocker[]) => void,
  work: () => Promise<T>,
): Promise<T> {
  const stopWatching = watch(scene, migration, statement, seen);
  return work().finally(stopWatching);
}

/** Until the returned function is called: notes who blocks it, and cancels it when the run is to stop. */
function watch(
  { order, runner, lock }: Scene,
  migration: Migration,
  statement: Statement | null,
  seen: (blockers: readonly Blocker[]) => void,
): () => void {
  const began = performance.now();
  const timers = new Set<NodeJS.Timeout>();
  const { id } = migration;
  const line = statement?.line ?? null;
  const pace = makePaceMeter();
  const long = statement !== null && outsideOf(statement) !== null;
  const look = async () => {
    // A look that fails says nothing: whether the second connection lives is the heartbeat's question.
    const blockers = await readBlockers(runner).catch(() => []);
    const pid = long ? runner.backend?.pid : undefined;
    const advance = pid === undefined ? null : await readAdvance(runner.beat, pid).catch(() => null);
    if (timers.size === 0) return;
    if (blockers.length > 0) seen(blockers);
    const seconds = (performance.now() - began) / 1000;
    if (advance !== null && line !== null)
      order.on({ kind: 'progress', migration: id, line, advance, ...pace(advance), blockers });
    else if (blockers.length > 0)
      order.on({ kind: 'waiting for lock', migration: id, line, blockers, seconds });
  };
  const cancel = () => {
    if (lock.heartbeat.lostBecause() === null && runner.backend !== null)
      cancelBackend(runner.beat, runner.backend).catch(() => undefined);
  };
  const onAbort = () => {
    cancel();
    timers.add(setInterval(cancel, cancelEveryMs));
  };
  // Half-way to the time-out: after it the information is gone.
  timers.add(setTimeout(look, order.lockTimeoutMs / 2));
  timers.add(setInterval(look, long ? progressEveryMs : tellEveryMs));
  order.signal?.addEventListener('abort', onAbort, { once: true });
  return () => {
    for (const timer of timers) clearTimeout(timer);
    timers.clear();
    order.signal?.removeEventListener('abort', onAbort);
  };
}
