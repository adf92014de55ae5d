// applyPending: the pending files read and judged, the lock taken, and each of them applied.
import type { OwnSession } from '../postgres/session.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { applyMigration, type Done } from './apply-migration.ts';
import { ensureLedger } from './bootstrap.ts';
import { isConnectionLost } from './connection-lost.ts';
import { type Convoy, makeConvoy } from './convoy.ts';
import { describeDeed } from './describe-statement.ts';
import { explainLeaseLoss } from './lease-loss.ts';
import type { Migration } from './migration.ts';
import type { Opened } from './open-work.ts';
import { prepare } from './prepare.ts';
import type { Prepared } from './prepared.ts';
import { readPending, wanted } from './read-pending.ts';
import type { RunOrder } from './run-order.ts';
import type { Runner } from './runner.ts';
import { type Progress, type Scene, standOf, warn } from './scene.ts';
import { releaseLock, takeLock } from './take-lock.ts';
import { wasCommitted } from './was-committed.ts';

/** `opening`: the second connection. `again` when one was lost after something had come through. Throws whatever stops the run. */
export async function applyPending(
  order: RunOrder,
  opened: Opened,
  opening: Promise<Runner>,
  progress: Progress,
  pending: readonly Migration[],
): Promise<'done' | 'again'> {
  const [read, joined] = await Promise.allSettled([
    order.command === undefined
      ? prepare(pending, opened.work.serverVersion, (each) => order.ask.recall(each))
      : [],
    opening,
  ]);
  // What is wrong with the files is told before what is wrong with the second connection.
  if (read.status === 'rejected') throw read.reason;
  if (joined.status === 'rejected') throw joined.reason;
  const [prepared, runner] = [read.value, joined.value];
  if (runner.pooled) {
    const { refuseBehindPooler } = await import('./refuse-behind-pooler.ts');
    assertNone(await refuseBehindPooler(prepared, order.target.display, order.scope));
  }
  return applyUnderLock(order, runner, progress, prepared);
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
  // The server makes its tables while it is made out here what will be looked at.
  await Promise.all([ensureLedger(runner.work, order), order.ask.getReady()]);
  await assertOwnSchemaApart(runner);
  const lock = await takeLock(
    runner,
    order,
    progress,
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
    const { applyByCommand } = await import('./command/apply-by-command.ts');
    await applyByCommand(scene, order.command, await readPending(order, runner.work, progress));
    return 'done';
  } catch (error) {
    throw await explainLeaseLoss(lock, progress, error);
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
  const convoy = makeConvoy(scene, todo);
  for (const each of todo) {
    progress.failed = each.migration.id;
    progress.steps = null;
    const done = await apply(scene, each, convoy);
    if (done === null) return 'again';
    tellApplied(scene, done);
    if (progress.left.length === 0) return 'done';
    const reason = lock.heartbeat.lostBecause();
    if (reason !== null || connection.lost) await tellCommitted(scene, convoy);
    if (reason !== null)
      throw new ShipshapeError([makeFinding('lease-lost', { reason, ...standOf(progress) })]);
    if (connection.lost) return progress.left.length === 0 ? 'done' : 'again';
  }
  return 'done';
}

function tellApplied({ order, progress }: Scene, { applied, findings }: Done): void {
  progress.failed = null;
  progress.steps = null;
  progress.applied.push(applied);
  progress.left = progress.left.filter((left) => left !== applied.id);
  warn(order, progress, findings);
  order.on({ kind: 'applied', applied, verified: findings.length === 0 });
}

/** Of what follows in the convoy, what the server has committed although the connection was lost before it said so. */
async function tellCommitted(scene: Scene, convoy: Convoy): Promise<void> {
  const because = new Error('the connection was lost');
  for (let left = convoy.leave(); left[0] !== undefined; left = left.slice(1)) {
    const [{ prepared, sent }] = left;
    const { migration, statements } = prepared;
    const began = performance.now();
    scene.progress.failed = migration.id;
    const behind = left.slice(1).map((each) => each.prepared.migration.id);
    if (!(await wasCommitted(scene, prepared, because, behind))) break;
    const words = statements.flatMap((each) => describeDeed(each, null, []));
    const milliseconds = performance.now() - began;
    tellApplied(scene, { applied: { id: migration.id, words, milliseconds }, findings: sent.findings });
  }
  scene.progress.failed = null;
}

/** Null when the connection was lost between two of its steps or batches. */
async function apply(scene: Scene, prepared: Prepared, convoy: Convoy): Promise<Done | null> {
  if (prepared.by === 'file') return applyMigration(scene, prepared, convoy);
  if (prepared.migration.rule === 'each batch') {
    const { applyBackfill } = await import('./backfill/apply-backfill.ts');
    return applyBackfill(scene, prepared);
  }
  const { applySteps } = await import('./steps/apply-steps.ts');
  return applySteps(scene, prepared);
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
