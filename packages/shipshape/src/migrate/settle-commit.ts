// settleCommit: a COMMIT whose answer was lost, settled by what it would have written.
import type { MigrationId } from '../catalog/index.ts';
import { connect } from '../postgres/connect.ts';
import type { OwnSession, Session } from '../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Migration } from './migration.ts';
import { placeOf } from './place.ts';
import { poll } from './poll.ts';
import { wanted } from './read-pending.ts';
import { type Scene, standOf } from './scene.ts';
import { endBackend } from './signal-backend.ts';
import { tellForgotten } from './tell-forgotten.ts';

export interface Settling {
  /** Asked on another session. */
  readonly wasDone: (session: Session) => Promise<boolean>;
  /** Why the answer did not come. */
  readonly because: unknown;
  /** Whose COMMIT was sent behind it. */
  readonly behind: readonly MigrationId[];
}

/**
 * Whether it was committed. Asks on a new connection, and only when the old backend is gone: until then it may
 * still commit. Throws ShipshapeError `commit-unsettled` (exit 6) when that cannot be found out before the wait is over.
 */
export async function settleCommit(
  scene: Scene,
  migration: Migration,
  { wasDone, because, behind }: Settling,
): Promise<boolean> {
  const { order, runner, progress } = scene;
  const { backend } = runner;
  runner.work.destroy();
  let reason = messageOf(because);
  const until = performance.now() + order.waitSeconds * 1000;
  const settled = await poll({ until }, async () => {
    let session: OwnSession | null = null;
    try {
      session = await connect(order.target, { applicationName: `shipshape:settle:${runner.id}` });
      // Until it is gone, or no longer ours, its COMMIT may still come through.
      if (backend !== null && (await endBackend(session, backend))) return undefined;
      const done = await wasDone(session);
      await tellStand(scene, session);
      return done;
    } catch (error) {
      reason = messageOf(error);
      // Ctrl-C ends the wait, but not before it was asked once: "interrupted" alone would be no answer.
      return order.signal?.aborted === true ? null : undefined;
    } finally {
      await session?.close();
    }
  });
  if (typeof settled === 'boolean') return settled;
  const data = { unknown: [migration.id, ...behind], reason, ...standOf(progress) };
  throw new ShipshapeError([makeFinding('commit-unsettled', data, placeOf(migration, null))]);
}

/** The server may have crashed, and have forgotten more than what is asked about. */
async function tellStand({ order, progress }: Scene, session: Session): Promise<void> {
  const history = await order.book.readHistory(session, order.migrations, order.scope);
  tellForgotten(order, progress, history);
  progress.left = wanted(order, history.pending).map(({ id }) => id);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
