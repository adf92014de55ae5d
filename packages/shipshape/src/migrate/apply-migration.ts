// applyMigration: one file in one transaction, with its row of the ledger in it.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Result, Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import type { Finding } from '../report/index.ts';
import type { Behind } from './behind.ts';
import type { Convoy } from './convoy.ts';
import { assertGoing, fenced } from './fenced.ts';
import type { Applied } from './migration.ts';
import type { Prepared } from './prepared.ts';
import { receiveWhole } from './receive-whole.ts';
import { entryOf, record } from './record.ts';
import { type Attempt, retrying } from './retrying.ts';
import { tellStatement } from './run-statement.ts';
import type { Scene } from './scene.ts';
import { sendApart, sendWork } from './send-migration.ts';
import type { SentApart, SentWhole } from './sent-migration.ts';
import { watch } from './watch.ts';

export interface Done {
  readonly applied: Applied;
  /** Of `promiseKept`; none is an error. */
  readonly findings: readonly Finding[];
}

/** What its statements did, in words, and what the look at what they have made has found. */
type Outcome = Pick<Done, 'findings'> & Pick<Applied, 'words'>;

/**
 * Throws ShipshapeError when it is not applied: `migration-failed`, `migration-interrupted`, `lease-lost`, what
 * `promiseKept` found, `commit-unsettled` (exit 6), `lock-not-granted` (exit 5).
 */
export async function applyMigration(scene: Scene, prepared: Prepared, convoy: Convoy): Promise<Done> {
  const { migration } = prepared;
  const began = performance.now();
  const behind = convoy.behind(migration.id);
  const apart = () => {
    assertGoing(scene);
    return sendApart(scene, prepared, null);
  };
  const whole = () => {
    assertGoing(scene);
    return convoy.lead(prepared);
  };
  let isFirst = true;
  const { words, findings } = await retrying(scene, migration, async (attempt) => {
    // Another attempt waits for somebody, and is sent for itself.
    const sent = isFirst ? (convoy.take(migration) ?? whole()) : null;
    isFirst = false;
    if (sent?.kind !== 'whole') return applyApart(scene, prepared, attempt, sent ?? apart(), behind);
    try {
      return await applyWhole(scene, prepared, attempt, sent, behind);
    } catch (error) {
      // A function of this file, or of the one before, has cleared away what was prepared.
      if (!isUnprepared(error)) throw error;
      return applyApart(scene, prepared, attempt, apart(), behind);
    }
  });
  return { applied: { id: migration.id, words, milliseconds: performance.now() - began }, findings };
}

function isUnprepared(error: unknown): boolean {
  return error instanceof DatabaseError && error.sqlstate === sqlstates.invalidSqlStatementName;
}

async function applyWhole(
  scene: Scene,
  prepared: Prepared,
  attempt: Attempt,
  sent: SentWhole,
  behind: Behind,
): Promise<Outcome> {
  const { migration } = prepared;
  behind.follow();
  const { words, findings } = await receiveWhole(scene, prepared, attempt, sent, behind);
  if (findings !== null) return { words, findings };
  // What it has made is not what the server was told of, which need not be wrong: who can tell looks at it.
  return fenced(scene, {
    ...fencing(scene, prepared, behind),
    opened: sent,
    work: async (xid, flight) => ({ words, findings: await record(scene, migration, xid, flight) }),
  });
}

/** `sent`: null where nothing may be sent before what was sent is answered. */
function applyApart(
  scene: Scene,
  prepared: Prepared,
  attempt: Attempt,
  sent: SentApart | null,
  behind: Behind,
): Promise<Outcome> {
  const { order, runner } = scene;
  const { migration, statements } = prepared;
  const watching = watch(scene, migration, (blockers) => {
    attempt.blockers = blockers;
  });
  return fenced(scene, {
    ...fencing(scene, prepared, behind),
    ...(sent === null ? {} : { opened: sent }),
    async work(xid, flight) {
      await order.book.enter(runner.work, migration);
      const { id, rule } = migration;
      order.on({ kind: 'started', migration: id, statements: statements.length, by: rule });
      const answers = sent ?? sendWork(scene, prepared, flight);
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

const fencing = (scene: Scene, { migration }: Prepared, behind: Behind) => ({
  migration,
  header: migration.header,
  behind,
  wasDone: (session: Session, xid: string) =>
    scene.order.book.wasWritten(session, entryOf(scene, migration, xid)),
});
