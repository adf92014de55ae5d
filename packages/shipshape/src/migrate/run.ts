// run: applies what is pending, once, whoever else tries at the same moment.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Target } from '../postgres/target.ts';
import { type ExitCode, exitOf, type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import { isConnectionLost } from './connection-lost.ts';
import { type Opened, openWork } from './open-work.ts';
import { Refusal, readPending } from './read-pending.ts';
import type { RunOrder, RunResult } from './run-order.ts';
import type { Runner } from './runner.ts';
import { type Progress, standOf } from './scene.ts';

/**
 * With nothing pending no lock is taken and nothing is written. Whatever stops the run is a finding of the result,
 * beside what was applied before it; only a fault of our own is thrown. `begun`: the first connection, where it was begun
 * before the order was known.
 */
export async function run(order: RunOrder, begun?: Promise<Opened>): Promise<RunResult> {
  const progress: Progress = { applied: [], left: [], failed: null, steps: null, warnings: [] };
  try {
    let opening = begun ?? openWork(order);
    // Only a connection that was lost after its COMMIT had come through leads to a second round.
    while ((await runOnce(order, progress, opening)) === 'again') opening = openWork(order);
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

async function runOnce(
  order: RunOrder,
  progress: Progress,
  opening: Promise<Opened>,
): Promise<'done' | 'again'> {
  const opened = await opening;
  const begun: { runner: Promise<Runner> | null } = { runner: null };
  // The server makes the second connection while it is judged whether anything may be applied.
  const ahead = () => {
    begun.runner = import('./open-runner.ts').then(({ openRunner }) => openRunner(order, opened));
    begun.runner.catch(() => undefined);
  };
  try {
    order.signal?.throwIfAborted();
    const pending = await readPending(order, opened.work, progress, ahead);
    if (begun.runner === null) return 'done';
    // Mostly there is nothing to do, and nothing to load for it.
    const { applyPending } = await import('./apply-pending.ts');
    return await applyPending(order, opened, begun.runner, progress, pending);
  } catch (error) {
    throw explainLedger(order.target, error);
  } finally {
    const beat = await begun.runner?.then(
      (runner) => runner.beat,
      () => null,
    );
    const sessions = [opened.work, ...(beat == null ? [] : [beat])];
    if (order.thenEnds === true) for (const session of sessions) session.leave();
    else await Promise.all(sessions.map((session) => session.close()));
  }
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
