// fenced: one transaction that only the holder of the lock can commit.
import type { MigrationId } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { type Behind, nothingBehind } from './behind.ts';
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
  /** Where it was opened before; it is opened now when left out. */
  readonly opened?: OpenedTransaction | undefined;
  /** Nothing when left out. */
  readonly behind?: Behind | undefined;
}

/** A transaction that is on its way to the server. */
export interface OpenedTransaction {
  readonly flight: Flight;
  /** Its id; settles as `holdFence` does. */
  readonly xid: Promise<string>;
}

/** `after`: whose COMMIT it is sent behind, without its answer; null for nobody's. `trusting`: as in `opening`. */
export function openTransaction(
  scene: Scene,
  header: Header | undefined,
  after: MigrationId | null = null,
  trusting = false,
): OpenedTransaction {
  const flight = makeFlight();
  const xid = holdFence(scene, opening(scene, header, trusting), after);
  flight.send(xid);
  return { flight, xid };
}

/** Rolled back when the work rejects. Rejects as the sessions do, and as `holdFence` and `commit` do. */
export async function fenced<T>(scene: Scene, fencedWork: FencedWork<T>): Promise<T> {
  const { migration, header, work, wasDone, behind = nothingBehind } = fencedWork;
  const { opened = openTransaction(scene, header) } = fencedWork;
  const { flight } = opened;
  let result: T;
  let xid: string;
  try {
    xid = await opened.xid;
    result = await work(xid, flight);
    assertGoing(scene);
  } catch (error) {
    throw (await giveUp(scene, opened, behind)) ?? error;
  }
  try {
    await commit(scene, migration, flight, { wasDone: (session) => wasDone(session, xid), behind });
  } catch (error) {
    await giveUp(scene, opened, behind);
    throw error;
  } finally {
    leaveBackend(scene);
  }
  return result;
}

/** Rolls it back. Why the server refused the first that it refused of it; undefined where that was nothing. */
export async function giveUp(scene: Scene, { flight }: OpenedTransaction, behind: Behind): Promise<unknown> {
  const { runner } = scene;
  const fault = await flight.fault();
  await behind.halt();
  // What it would have prepared may not be there.
  runner.prepared.what = 'unknown';
  // A connection that cannot take a ROLLBACK is ended: the server then rolls back by itself.
  await runner.work.query('ROLLBACK').catch(() => runner.work.destroy());
  leaveBackend(scene);
  return fault;
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
