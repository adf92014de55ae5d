// applyMigration: one file in one transaction, with its row of the ledger in it.
import type { Finding } from '../report/index.ts';
import { assertGoing, fenced } from './fenced.ts';
import type { Applied } from './migration.ts';
import type { Prepared } from './prepare.ts';
import { entryOf, record } from './record.ts';
import { type Attempt, retrying } from './retrying.ts';
import { runStatement, watched } from './run-statement.ts';
import type { Scene } from './scene.ts';
import { close } from './transaction-text.ts';

export interface Done {
  readonly applied: Applied;
  /** Of `promiseKept`; none is an error. */
  readonly findings: readonly Finding[];
}

/**
 * Throws ShipshapeError when it is not applied: `migration-failed`, `migration-interrupted`, `lease-lost`, what
 * `promiseKept` found, `commit-unsettled` (exit 6), `lock-not-granted` (exit 5).
 */
export async function applyMigration(scene: Scene, prepared: Prepared): Promise<Done> {
  const { migration } = prepared;
  const began = performance.now();
  const { words, findings } = await retrying(scene, migration, (attempt) =>
    applyOnce(scene, prepared, attempt),
  );
  return { applied: { id: migration.id, words, milliseconds: performance.now() - began }, findings };
}

function applyOnce(
  scene: Scene,
  { migration, statements }: Prepared,
  attempt: Attempt,
): Promise<{ words: readonly string[]; findings: readonly Finding[] }> {
  const { order, runner } = scene;
  const { header } = migration;
  const noteBlockers = (blockers: Attempt['blockers']) => {
    attempt.blockers = blockers;
  };
  return fenced(scene, {
    migration,
    header,
    wasDone: (session, xid) => order.book.wasWritten(session, entryOf(scene, migration, xid)),
    async work(xid, flight) {
      await watched(scene, migration, null, noteBlockers, () => order.book.enter(runner.work, migration));
      const words: string[] = [];
      order.on({
        kind: 'started',
        migration: migration.id,
        statements: statements.length,
        by: migration.rule,
      });
      for (const statement of statements) {
        assertGoing(scene);
        attempt.statement = statement;
        const said = await runStatement(scene, migration, statement, noteBlockers);
        words.push(...said);
      }
      attempt.statement = null;
      flight.send(close(scene, header));
      return { words, findings: await record(scene, migration, xid, flight) };
    },
  });
}
