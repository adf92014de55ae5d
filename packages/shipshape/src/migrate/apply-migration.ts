// applyMigration: one file in one transaction, with its row of the ledger in it.
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseError } from '../postgres/database-error.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import type { Statement } from '../postgres/statement.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { renderBlocker } from './blockers.ts';
import { commit } from './commit.ts';
import { explainFailure } from './explain-failure.ts';
import { holdFence } from './hold-fence.ts';
import { writeLedgerRow } from './ledger.ts';
import type { Applied } from './migration.ts';
import { placeOf } from './place.ts';
import { jitter } from './poll.ts';
import type { Prepared } from './prepare.ts';
import type { Blocker } from './run-order.ts';
import { runStatement } from './run-statement.ts';
import type { Runner } from './runner.ts';
import { type Scene, standOf } from './scene.ts';
import { closing, opening } from './transaction-text.ts';

const firstPauseMs = 200;
const longestPauseMs = 5000;

/** How far an attempt came. */
interface Attempt {
  /** The one that is running. */
  statement: Statement | null;
  blockers: readonly Blocker[];
}

interface Done {
  readonly applied: Applied;
  /** Of `promiseKept`; none is an error. */
  readonly findings: readonly Finding[];
}

/**
 * Throws ShipshapeError when it is not applied: `migration-failed`, `migration-interrupted`, `lease-lost`, what
 * `promiseKept` found, `commit-unsettled` (exit 6), `lock-not-granted` (exit 5). A lock that did not come in time costs
 * the whole transaction: keeping the locks of its earlier statements over a pause would stop the traffic.
 */
export async function applyMigration(scene: Scene, prepared: Prepared): Promise<Done> {
  const { order } = scene;
  const { migration } = prepared;
  const began = performance.now();
  let pause = firstPauseMs;
  let blockers: readonly Blocker[] = [];
  for (let attempts = 1; ; attempts++) {
    const attempt: Attempt = { statement: null, blockers: [] };
    try {
      const { words, findings } = await applyOnce(scene, prepared, attempt);
      return { applied: { id: migration.id, words, milliseconds: performance.now() - began }, findings };
    } catch (error) {
      if (!mayPass(error) || order.signal?.aborted === true)
        throw await explainFailure(scene, migration, attempt.statement, error);
      // Not every attempt sees who it waited for.
      if (attempt.blockers.length > 0) blockers = attempt.blockers;
      const inMs = jitter(pause);
      const waited = performance.now() - began;
      if (waited + inMs > order.waitSeconds * 1000)
        throw notGranted(scene, prepared, { ...attempt, blockers }, { attempts, waited }, error);
      const line = attempt.statement?.line ?? null;
      order.on({ kind: 'trying again', migration: migration.id, line, blockers, attempt: attempts, inMs });
      await rest(scene, prepared, inMs);
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

async function rest(scene: Scene, { migration }: Prepared, milliseconds: number): Promise<void> {
  try {
    await sleep(milliseconds, undefined, { signal: scene.order.signal });
  } catch (error) {
    throw await explainFailure(scene, migration, null, error);
  }
}

async function applyOnce(
  scene: Scene,
  { migration, statements }: Prepared,
  attempt: Attempt,
): Promise<{ words: readonly string[]; findings: readonly Finding[] }> {
  const { order, runner, lock } = scene;
  const { work } = runner;
  const words: string[] = [];
  let findings: readonly Finding[];
  try {
    await work.query(opening(scene, migration.header));
    const xid = await holdFence(scene);
    order.on({ kind: 'started', migration: migration.id, statements: statements.length });
    for (const statement of statements) {
      assertGoing(scene);
      attempt.statement = statement;
      const said = await runStatement(scene, migration, statement, (blockers) => {
        attempt.blockers = blockers;
      });
      words.push(...said);
    }
    attempt.statement = null;
    await work.query(closing(scene, migration.header));
    findings = await order.ask.promiseKept(work, migration);
    const [first, ...rest] = findings.filter((each) => each.severity === 'error');
    if (first !== undefined) throw new ShipshapeError([first, ...rest]);
    const row = {
      migration,
      scope: runner.scope,
      runner: runner.name,
      runId: runner.id,
      token: lock.token,
      xid,
    };
    if (!(await writeLedgerRow(work, row)))
      throw new DatabaseError('the transaction at its end is not the one it began in', { sqlstate: '25P01' });
    assertGoing(scene);
  } catch (error) {
    // A connection that cannot take a ROLLBACK is ended: the server then rolls back by itself.
    await work.query('ROLLBACK').catch(() => work.destroy());
    leaveBackend(runner);
    throw error;
  }
  await commit(scene, migration).finally(() => leaveBackend(runner));
  return { words, findings };
}

/** Behind a pooler the backend is anybody's from now on. */
function leaveBackend(runner: Runner): void {
  if (runner.pooled) runner.backend = null;
}

/** Without a question to the server: between two statements, and before COMMIT, a stopped process may just have woken up. */
function assertGoing({ order, lock }: Scene): void {
  order.signal?.throwIfAborted();
  const reason = lock.heartbeat.lostBecause();
  if (reason !== null) throw new DatabaseError(reason, { sqlstate: '57P01' });
}

function notGranted(
  scene: Scene,
  { migration }: Prepared,
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
