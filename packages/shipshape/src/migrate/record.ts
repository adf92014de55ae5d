// record: what stands at the end of a migration's last transaction: is its promise kept, and its row of the ledger.
import { DatabaseError } from '../postgres/database-error.ts';
import { type Finding, ShipshapeError } from '../report/index.ts';
import { writeLedgerRow } from './ledger.ts';
import type { Migration } from './migration.ts';
import type { Scene } from './scene.ts';

/** What `promiseKept` found; throws its errors. `xid`: of the transaction that this is to be a part of. */
export async function record(scene: Scene, migration: Migration, xid: string): Promise<readonly Finding[]> {
  const { order, runner, lock } = scene;
  const findings = await order.ask.promiseKept(runner.work, migration);
  const [first, ...rest] = findings.filter((each) => each.severity === 'error');
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  const row = {
    migration,
    scope: runner.scope,
    runner: runner.name,
    runId: runner.id,
    token: lock.token,
    xid,
  };
  if (!(await writeLedgerRow(runner.work, row)))
    throw new DatabaseError('the transaction at its end is not the one it began in', { sqlstate: '25P01' });
  return findings;
}
