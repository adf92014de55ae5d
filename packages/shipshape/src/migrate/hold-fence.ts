// holdFence: the first statement of a migration's transaction; while it lasts nobody can take the lock over.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { type Scene, standOf } from './scene.ts';

/**
 * The transaction's id. Throws ShipshapeError `lease-lost` when the fence carries another token than ours: another
 * runner has taken over.
 */
export async function holdFence({ runner, lock, progress }: Scene): Promise<string> {
  const { rows } = await runner.work.query<{ xid: string }>(
    `SELECT pg_current_xact_id()::text AS xid FROM shipshape.fence WHERE scope = $2 AND token = $1::bigint FOR SHARE`,
    [lock.token, runner.scope],
  );
  const [row] = rows;
  if (row !== undefined) return row.xid;
  const data = { reason: 'another runner has taken over', ...standOf(progress) };
  throw new ShipshapeError([makeFinding('lease-lost', data)]);
}
