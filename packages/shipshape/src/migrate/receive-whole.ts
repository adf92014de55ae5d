// receiveWhole: the answers to a file that was sent with its COMMIT.
import type { Finding } from '../report/index.ts';
import type { Behind } from './behind.ts';
import { isConnectionLost } from './connection-lost.ts';
import { describeDeed } from './describe-statement.ts';
import { giveUp } from './fenced.ts';
import type { Prepared } from './prepared.ts';
import type { Attempt } from './retrying.ts';
import { tellStatement } from './run-statement.ts';
import type { Scene } from './scene.ts';
import type { SentWhole } from './sent-migration.ts';
import { wasCommitted } from './was-committed.ts';
import { watch } from './watch.ts';

export interface Received {
  /** What its statements did. */
  readonly words: readonly string[];
  /**
   * It is committed, and this is what is to be said of it. Null where the look was refused: the transaction is open then, as
   * it was before the look.
   */
  readonly findings: readonly Finding[] | null;
}

/** Rolled back when it rejects: as the sessions do, as `holdFence` does, and as `settleCommit` does. */
export async function receiveWhole(
  scene: Scene,
  prepared: Prepared,
  attempt: Attempt,
  sent: SentWhole,
  behind: Behind,
): Promise<Received> {
  const { order, runner } = scene;
  const { migration, statements } = prepared;
  const watching = watch(scene, migration, (blockers) => {
    attempt.blockers = blockers;
  });
  const words: string[] = [];
  let heard = 0;
  try {
    await sent.xid;
    order.on({ kind: 'started', migration: migration.id, statements: statements.length, by: migration.rule });
    for (const [at, statement] of statements.entries()) {
      attempt.statement = statement;
      const began = watching.at(statement);
      const result = await (sent.statements[at] as SentWhole['statements'][number]);
      words.push(...tellStatement(scene, migration, statement, result, performance.now() - began));
      heard = at + 1;
    }
    attempt.statement = null;
    if ((await sent.ended) === 'committed') return { words, findings: sent.findings };
    await behind.halt();
    if (sent.look !== null) await runner.work.query(sent.look.abandon);
    return { words, findings: null };
  } catch (error) {
    if (!isConnectionLost(error)) throw (await giveUp(scene, sent, behind)) ?? error;
    // Its COMMIT was on its way, wherever the connection was cut.
    if (!(await wasCommitted(scene, prepared, error, behind.sent()))) throw error;
    const unheard = statements.slice(heard).flatMap((each) => describeDeed(each, null, []));
    return { words: [...words, ...unheard], findings: sent.findings };
  } finally {
    watching.stop();
  }
}
