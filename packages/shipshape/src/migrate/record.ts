// record: what stands at the end of a migration's last transaction: is its promise kept, and its entry in the book.
import { type Finding, ShipshapeError } from '../report/index.ts';
import type { BookEntry } from './book.ts';
import type { Flight } from './flight.ts';
import type { Migration } from './migration.ts';
import type { Scene } from './scene.ts';

/**
 * What `promiseKept` found; throws its errors. `xid`: of the transaction that this is to be a part of; `kept`: where it was
 * asked before.
 */
export async function record(
  scene: Scene,
  migration: Migration,
  xid: string,
  flight: Flight,
  kept = scene.order.ask.promiseKept(scene.runner, migration),
): Promise<readonly Finding[]> {
  const { order, runner } = scene;
  const findings = await kept;
  const [first, ...rest] = findings.filter((each) => each.severity === 'error');
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  await order.book.write(runner.work, entryOf(scene, migration, xid), flight);
  return findings;
}

export function entryOf({ runner, lock }: Scene, migration: Migration, xid: string | null): BookEntry {
  const { scope, name, id: runId } = runner;
  const prepared = runner.prepared.what === 'ours';
  return { scope, migration, runner: name, runId, token: lock.token, xid, prepared };
}
