// run: applies what is pending, once, whoever else tries at the same moment.
import { DatabaseError } from '../postgres/database-error.ts';
import type { OwnSession } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { type ExitCode, exitOf, type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { applyMigration, type Done } from './apply-migration.ts';
import { applyBackfill } from './backfill/apply-backfill.ts';
import { ensureLedger } from './bootstrap.ts';
import { applyByCommand } from './command/apply-by-command.ts';
import { isConnectionLost } from './connection-lost.ts';
import type { Migration } from './migration.ts';
import { openRunner, openWork } from './open-runner.ts';
import { type Prepared, prepare } from './prepare.ts';
import { refuseBehindPooler } from './refuse-behind-pooler.ts';
import type { RunOrder, RunResult } from './run-order.ts';
import type { Runner } from './runner.ts';
import { type Progress, type Scene, standOf } from './scene.ts';
import { applySteps } from './steps/apply-steps.ts';
import { releaseLock, takeLock } from './take-lock.ts';

/** What `mayApply` found: exit 3 whatever its findings mean elsewhere. */
class Refusal extends ShipshapeError {}

/**
 * With nothing pending no lock is taken and nothing is written. Whatever stops the run is a finding of the result,
 * beside what was applied before it; only a fault of our own is thrown.
 */
export async function run(order: RunOrder): Promise<RunResult> {
  const progress: Progress = { applied: [], left: [], failed: null, steps: null, warnings: [] };
  try {
    // Only a connection that was lost after its COMMIT had come through leads to a second round.
    while ((await runOnce(order, progress)) === 'again');
    return resultOf(progress, progress.warnings, 0);
  } catch (error) {
    const known = explain(order, progress, error);
    const findings = [...known.findings, ...progress.warnings];
    return resultOf(progress, findings, known instanceof Refusal ? 3 : exitOf(findings));
  }
}

function resultOf(progress: Progress, findings: readonly Finding[], exit: ExitCode): RunResult {
  const { applied, failed, left } = progress;
  return { applied, failed, left, findings, exit };
}

async function runOnce(order: RunOrder, progress: Progress): Promise<'done' | 'again'> {
  order.signal?.throwIfAborted();
  const opened = await openWork(order);
  try {
    const pending = await readPending(order, opened.work, progress);
    if (pending.length === 0) return 'done';
    const prepared = order.command === undefined ? await prepare(pending, opened.work.serverVersion) : [];
    const runner = await openRunner(order, opened);
    try {
      if (runner.pooled) assertNone(refuseBehindPooler(prepared, order.target.display, order.scope));
      return await runUnderLock(order, runner, progress, prepared);
    } finally {
      await runner.beat.close();
    }
  } catch (error) {
    throw explainLedger(order.target, error);
  } finally {
    await opened.work.close();
  }
}

/** Under the lock once more, since others may have been at work; and in the words of who judges. */
async function readPending(
  order: RunOrder,
  session: OwnSession,
  progress: Progress,
): Promise<readonly Migration[]> {
  const history = await order.book.readHistory(session, order.migrations, order.scope);
  const pending = wanted(order, history.pending);
  progress.left = pending.map((each) => each.id);
  const findings = await order.ask.mayApply(history);
  const [first, ...rest] = findings.filter((each) => each.severity === 'error');
  if (first !== undefined) throw new Refusal([first, ...rest]);
  warn(order, progress, findings);
  return pending;
}

function wanted({ migrations, through }: RunOrder, pending: readonly Migration[]): readonly Migration[] {
  if (through === null) return pending;
  const last = migrations.findIndex(({ id }) => id === through);
  const within = new Set(migrations.slice(0, last + 1));
  return pending.filter((each) => within.has(each));
}

function assertNone(findings: readonly Finding[]): void {
  const [first, ...rest] = findings;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
}

function warn(order: RunOrder, progress: Progress, findings: readonly Finding[]): void {
  for (const finding of findings) {
    if (progress.warnings.some((each) => each.what === finding.what)) continue;
    progress.warnings.push(finding);
    order.on({ kind: 'warning', finding });
  }
}

async function runUnderLock(
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
    if (order.command === undefined) return await applyPending(scene, prepared);
    await applyByCommand(scene, order.command, await readPending(order, runner.work, progress));
    return 'done';
  } finally {
    await releaseLock(runner, lock).catch((error: unknown) => {
      // The lease ends by itself; what was applied is applied.
      if (!isConnectionLost(error)) throw error;
    });
  }
}

async function applyPending(scene: Scene, prepared: readonly Prepared[]): Promise<'done' | 'again'> {
  const { order, runner, lock, progress, connection } = scene;
  const pending = new Set((await readPending(order, runner.work, progress)).map(({ id }) => id));
  for (const each of prepared.filter(({ migration }) => pending.has(migration.id))) {
    const { id } = each.migration;
    progress.failed = id;
    progress.steps = null;
    const done = await apply(scene, each);
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
}

/** Null when the connection was lost between two of its steps or batches. */
function apply(scene: Scene, prepared: Prepared): Promise<Done | null> {
  switch (prepared.migration.rule) {
    case 'each statement':
      return applySteps(scene, prepared);
    case 'each batch':
      return applyBackfill(scene, prepared);
    default:
      return applyMigration(scene, prepared);
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

/** What the server refuses outside a migration, it refuses to the ledger and the lock. */
function explainLedger({ user, database, display }: Target, error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  const { sqlstate, message } = error;
  const finding = isConnectionLost(error)
    ? makeFinding('connection-lost', { target: display, reason: message })
    : makeFinding('ledger-unusable', { user, database, sqlstate, message, grants: sqlstate === '42501' });
  return new ShipshapeError([finding], { cause: error });
}

function explain({ signal }: RunOrder, progress: Progress, error: unknown): ShipshapeError {
  if (error instanceof ShipshapeError) return error;
  if (signal?.aborted !== true) throw error;
  const data = { migration: null, ...standOf(progress) };
  return new ShipshapeError([makeFinding('migration-interrupted', data)], { cause: error });
}
