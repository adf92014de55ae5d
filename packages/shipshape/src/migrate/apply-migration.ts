// applyMigration: one file in one transaction, with its row of the ledger in it.
import type { MigrationId } from '../catalog/index.ts';
import type { Result } from '../postgres/session.ts';
import type { Finding } from '../report/index.ts';
import { assertGoing, fenced, type OpenedTransaction, openTransaction } from './fenced.ts';
import type { Flight } from './flight.ts';
import type { Applied } from './migration.ts';
import type { Prepared } from './prepare.ts';
import { entryOf, record } from './record.ts';
import { type Attempt, retrying } from './retrying.ts';
import { tellStatement } from './run-statement.ts';
import type { Scene } from './scene.ts';
import { close } from './transaction-text.ts';
import { watch } from './watch.ts';

export interface Done {
  readonly applied: Applied;
  /** Of `promiseKept`; none is an error. */
  readonly findings: readonly Finding[];
}

/** A whole file on its way to the server, save what commits it. */
export interface SentMigration extends OpenedTransaction {
  readonly answers: Answers;
}

interface Answers {
  /** One a statement. */
  readonly statements: readonly Promise<Result<unknown>>[];
  readonly closed: Promise<void>;
  readonly kept: Promise<readonly Finding[]>;
}

/** How a file follows the one before it, and is followed. */
export interface Convoy {
  /** What was sent of it behind the COMMIT of the one before; null where nothing was. */
  readonly sent: SentMigration | null;
  /** Called when its own COMMIT is on its way; may send the next. */
  readonly onward: () => OpenedTransaction | null;
}

/**
 * Throws ShipshapeError when it is not applied: `migration-failed`, `migration-interrupted`, `lease-lost`, what
 * `promiseKept` found, `commit-unsettled` (exit 6), `lock-not-granted` (exit 5).
 */
export async function applyMigration(
  scene: Scene,
  prepared: Prepared,
  { sent, onward }: Convoy,
): Promise<Done> {
  const { migration } = prepared;
  const began = performance.now();
  let first = sent;
  const { words, findings } = await retrying(scene, migration, (attempt) => {
    const own = first ?? sendMigration(scene, prepared, null);
    first = null;
    return applyOnce(scene, prepared, attempt, { sent: own, onward });
  });
  return { applied: { id: migration.id, words, milliseconds: performance.now() - began }, findings };
}

/**
 * Opening, fence, statements, closing and the look at what they have made, all at once: the server refuses what stands behind
 * the first that it refuses. `after`: as in `openTransaction`. Null where the client has to see an answer before it may go on:
 * which backend a pooler has given, or whether the folder's own tool was there.
 */
export function sendMigration(
  scene: Scene,
  prepared: Prepared,
  after: MigrationId | null,
): SentMigration | null {
  const { order, runner } = scene;
  const { migration } = prepared;
  if (migration.rule !== 'each file' || runner.pooled || !order.book.inLedger) return null;
  const opened = openTransaction(scene, migration.header, after);
  return { ...opened, answers: sendStatements(scene, prepared, opened.flight) };
}

/** In the transaction that `work` is in, or is about to open. */
function sendStatements(scene: Scene, { migration, statements }: Prepared, flight: Flight): Answers {
  const { order, runner } = scene;
  runner.onlyOwnPrepared = false;
  const answers = statements.map(({ text }) => runner.work.query(text));
  for (const each of answers) flight.send(each);
  const closed = close(scene, migration.header);
  flight.send(closed);
  const kept = order.ask.promiseKept(runner, migration);
  flight.send(kept);
  return { statements: answers, closed, kept };
}

function applyOnce(
  scene: Scene,
  prepared: Prepared,
  attempt: Attempt,
  { sent, onward }: Convoy,
): Promise<{ words: readonly string[]; findings: readonly Finding[] }> {
  const { order, runner } = scene;
  const { migration, statements } = prepared;
  const watching = watch(scene, migration, (blockers) => {
    attempt.blockers = blockers;
  });
  return fenced(scene, {
    migration,
    header: migration.header,
    ...(sent === null ? {} : { opened: sent }),
    onward,
    wasDone: (session, xid) => order.book.wasWritten(session, entryOf(scene, migration, xid)),
    async work(xid, flight) {
      await order.book.enter(runner.work, migration);
      const { id, rule } = migration;
      order.on({ kind: 'started', migration: id, statements: statements.length, by: rule });
      const answers = sent?.answers ?? sendStatements(scene, prepared, flight);
      const words: string[] = [];
      for (const [at, statement] of statements.entries()) {
        assertGoing(scene);
        attempt.statement = statement;
        const began = watching.at(statement);
        const result = (await answers.statements[at]) as Result<unknown>;
        words.push(...tellStatement(scene, migration, statement, result, performance.now() - began));
      }
      attempt.statement = null;
      await answers.closed;
      return { words, findings: await record(scene, migration, xid, flight, answers.kept) };
    },
  }).finally(watching.stop);
}
