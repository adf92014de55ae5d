// fenced: one transaction that only the holder of the lock can commit.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { commit } from './commit.ts';
import { type Flight, makeFlight } from './flight.ts';
import type { Header } from './header.ts';
import { holdFence } from './hold-fence.ts';
import type { Migration } from './migration.ts';
import type { Scene } from './scene.ts';
import { opening } from './transaction-text.ts';

export interface FencedWork<T> {
  readonly migration: Migration;
  /** Whose time-outs hold in it. */
  readonly header: Header | undefined;
  /** Given the transaction's id. What it leaves in flight is answered before it is told that the transaction was committed. */
  readonly work: (xid: string, flight: Flight) => Promise<T>;
  /** Whether the transaction was committed, asked on another session where the answer to COMMIT was lost. */
  readonly wasDone: (session: Session, xid: string) => Promise<boolean>;
}

/** Rolled back when the work rejects. Rejects as the sessions do, and as `holdFence` and `commit` do. */
export async function fenced<T>(
  scene: Scene,
  { migration, header, work, wasDone }: FencedWork<T>,
): Promise<T> {
  const session = scene.runner.work;
  const flight = makeFlight();
  let result: T;
  let xid: string;
  try {
    flight.send(session.query(opening(scene, header)));
    xid = await holdFence(scene);
    result = await work(xid, flight);
    assertGoing(scene);
  } catch (error) {
    const fault = await flight.fault();
    // A connection that cannot take a ROLLBACK is ended: the server then rolls back by itself.
    await session.query('ROLLBACK').catch(() => session.destroy());
    leaveBackend(scene);
    throw fault ?? error;
  }
  await commit(scene, migration, flight, (other) => wasDone(other, xid)).finally(() => leaveBackend(scene));
  return result;
}

/** Behind a pooler the backend is anybody's from now on. */
function leaveBackend({ runner }: Scene): void {
  if (runner.pooled) runner.backend = null;
}

/** Without a question to the server: between two statements, and before COMMIT, a stopped process may just have woken up. */
export function assertGoing({ order, lock }: Scene): void {
  order.signal?.throwIfAborted();
  const reason = lock.heartbeat.lostBecause();
  if (reason !== null) throw new DatabaseError(reason, { sqlstate: '57P01' });
}
