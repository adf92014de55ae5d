// commit: ends a migration's transaction, and finds out what came of it where the answer was lost.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import type { Behind } from './behind.ts';
import { isConnectionLost } from './connection-lost.ts';
import type { Flight } from './flight.ts';
import type { Migration } from './migration.ts';
import type { Scene } from './scene.ts';
import { settleCommit } from './settle-commit.ts';

export interface CommitWork {
  /** Asked on another session. */
  readonly wasDone: (session: Session) => Promise<boolean>;
  readonly behind: Behind;
}

/** Throws what explains why it is not committed, and what of the flight was refused before all else; returns when it is. */
export async function commit(
  scene: Scene,
  migration: Migration,
  flight: Flight,
  { wasDone, behind }: CommitWork,
): Promise<void> {
  const { order, runner } = scene;
  try {
    const committed = runner.work.query('COMMIT');
    // The server is at it while we write what follows.
    process.nextTick(() => behind.follow());
    const { command } = await committed;
    const fault = await flight.fault();
    if (fault !== undefined) throw fault;
    // A transaction in which a statement had failed answers so, without an error.
    if (command !== 'COMMIT')
      throw new DatabaseError('the server answered COMMIT with ROLLBACK', { sqlstate: '25P02' });
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
    const applied = await settleCommit(scene, migration, { wasDone, because: error, behind: behind.sent() });
    order.on({ kind: 'commit settled', migration: migration.id, applied });
    if (!applied) throw error;
  }
}
