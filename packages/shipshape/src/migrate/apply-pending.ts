// applyPending: the pending files read and judged, the lock taken, and each of them applied.
import type { OwnSession } from '../postgres/session.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import {
  applyMigration,
  type Convoy,
  type Done,
  type SentMigration,
  sendMigration,
} from './apply-migration.ts';
import { applyBackfill } from './backfill/apply-backfill.ts';
import { ensureLedger } from './bootstrap.ts';
import { applyByCommand } from './command/apply-by-command.ts';
import { isConnectionLost } from './connection-lost.ts';
import { giveUp } from './fenced.ts';
import type { Migration } from './migration.ts';
import { openRunner } from './open-runner.ts';
import type { Opened } from './open-work.ts';
import { type Prepared, prepare } from './prepare.ts';
import { readPending, wanted, warn } from './read-pending.ts';
import { refuseBehindPooler } from './refuse-behind-pooler.ts';
import type { RunOrder } from './run-order.ts';
import type { Runner } from './runner.ts';
import { type Progress, type Scene, standOf } from './scene.ts';
import { applySteps } from './steps/apply-steps.ts';
import { releaseLock, takeLock } from './take-lock.ts';

/** `again` when the connection was lost after something had come through. Throws whatever stops the run. */
export async function applyPending(
  order: RunOrder,
  opened: Opened,
  progress: Progress,
  pending: readonly Migration[],
): Promise<'done' | 'again'> {
  const { runner, prepared } = await openPrepared(order, opened, pending);
  try {
    if (runner.pooled) assertNone(refuseBehindPooler(prepared, order.target.display, order.scope));
    return await applyUnderLock(order, runner, progress, prepared);
  } finally {
    await runner.beat.close();
  }
}

/** The parser is loaded while the second connection is made. What is wrong with the files is told before what is with that. */
async function openPrepared(
  order: RunOrder,
  opened: Opened,
  pending: readonly Migration[],
): Promise<{ readonly runner: Runner; readonly prepared: readonly Prepared[] }> {
  const [prepared, runner] = await Promise.allSettled([
    order.command === undefined ? prepare(pending, opened.work.serverVersion) : [],
    openRunner(order, opened),
  ]);
  if (runner.status === 'rejected') throw prepared.status === 'rejected' ? prepared.reason : runner.reason;
  if (prepared.status === 'fulfilled') return { runner: runner.value, prepared: prepared.value };
  await runner.value.beat.close();
  throw prepared.reason;
}

function assertNone(findings: readonly Finding[]): void {
  const [first, ...rest] = findings;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
}

async function applyUnderLock(
  order: RunOrder,
  runner: Runner,
  progress: Progress,
  prepared: readonly Prepared[],
): Promise<'done' | 'again'> {
  await ensureLedger(runner.work, order);
  await assertOwnSchemaApart(runner);
  const lock = await takeLock(
    runner,
    order,
    async () =>
      wanted(order, (await order.book.readHistory(runner.work, order.migrations, order.scope)).pending)
        .length > 0,
  );
  if (lock === null) {
    progress.left = [];
    return 'done';
  }
  const scene: Scene = { order, runner, lock, progress, connection: watchLoss(runner.work) };
  // From here on the heartbeat is the judge of a silence.
  runner.work.answerWithin(null);
  try {
    if (order.command === undefined) return await applyEach(scene, prepared);
    await applyByCommand(scene, order.command, await readPending(order, runner.work, progress));
    return 'done';
  } finally {
    await releaseLock(runner, lock).catch((error: unknown) => {
      // The lease ends by itself; what was applied is applied.
      if (!isConnectionLost(error)) throw error;
    });
  }
}

async function applyEach(scene: Scene, prepared: readonly Prepared[]): Promise<'done' | 'again'> {
  const { order, runner, lock, progress, connection } = scene;
  const pending = new Set((await readPending(order, runner.work, progress)).map(({ id }) => id));
  const todo = prepared.filter(({ migration }) => pending.has(migration.id));
  let ahead: SentMigration | null = null;
  try {
    for (const [at, each] of todo.entries()) {
      const { id } = each.migration;
      progress.failed = id;
      progress.steps = null;
      const sent: SentMigration | null = ahead;
      ahead = null;
      const next = todo[at + 1];
      const onward = () => {
        ahead = next === undefined ? null : sendMigration(scene, next, id);
        return ahead;
      };
      const done: Done | null = await apply(scene, each, { sent, onward });
      if (done === null) return 'again';
      const { applied, findings } = done;
      progress.failed = null;
      progress.steps = null;
      progress.applied.push(applied);
      progress.left = progress.left.filter((left) => left !== id);
      warn(order, progress, findings);
      order.on({ kind: 'applied', applied, verified: findings.length === 0 });
      if (progress.left.length === 0) return 'done';
      const reason = lock.heartbeat.lostBecause();
      if (reason !== null)
        throw new ShipshapeError([makeFinding('lease-lost', { reason, ...standOf(progress) })]);
      if (connection.lost) return 'again';
    }
    return 'done';
  } finally {
    // What stopped the run stops the one that was sent behind it.
    if (ahead !== null) await giveUp(scene, ahead);
  }
}

/** Null when the connection was lost between two of its steps or batches. */
function apply(scene: Scene, prepared: Prepared, convoy: Convoy): Promise<Done | null> {
  switch (prepared.migration.rule) {
    case 'each statement':
      return applySteps(scene, prepared);
    case 'each batch':
      return applyBackfill(scene, prepared);
    default:
      return applyMigration(scene, prepared, convoy);
  }
}

/** `$user` comes first in PostgreSQL's own search_path: a role named shipshape would make its tables among ours. */
async function assertOwnSchemaApart({ work, user }: Runner): Promise<void> {
  const { rows } = await work.query<{ first: string | null; path: string }>(
    "SELECT current_schema() AS first, current_setting('search_path') AS path",
  );
  const [row] = rows;
  if (row?.first === 'shipshape')
    throw new ShipshapeError([makeFinding('ledger-schema-first', { user, path: row.path })]);
}

function watchLoss(session: OwnSession): { readonly lost: boolean } {
  const state = { lost: false };
  session.lost.then(() => {
    state.lost = true;
  });
  return state;
}
