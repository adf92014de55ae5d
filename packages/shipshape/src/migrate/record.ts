// record: what stands at the end of a migration's last transaction: is its promise kept, and its entry in the book.
import { DatabaseError } from '../postgres/database-error.ts';
import { type Finding, ShipshapeError } from '../report/index.ts';
import type { BookEntry } from './book.ts';
import type { Migration } from './migration.ts';
import type { Scene } from './scene.ts';

/** What `promiseKept` found; throws its errors. `xid`: of the transaction that this is to be a part of. */
export async function record(scene: Scene, migration: Migration, xid: string): Promise<readonly Finding[]> {
  const { order, runner } = scene;
  const findings = await order.ask.promiseKept(runner.work, migration);
  const [first, ...rest] = findings.filter((each) => each.severity === 'error');
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  if (!(await order.book.write(runner.work, entryOf(scene, migration, xid))))
    throw new DatabaseError('the transaction at its end is not the one it began in', { sqlstate: '25P01' });
  return findings;
}

export function entryOf({ runner, lock }: Scene, migration: Migration, xid: string): BookEntry {
  const { scope, name, id: runId } = runner;
  return { scope, migration, runner: name, runId, token: lock.token, xid };
}
