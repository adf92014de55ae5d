// holdFence: the first statement of a migration's transaction; while it lasts nobody can take the lock over.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Backend } from './backend.ts';
import { nameBackend } from './lease.ts';
import { type Scene, standOf } from './scene.ts';
import { startText } from './signal-backend.ts';

/**
 * The transaction's id. Throws ShipshapeError `lease-lost` when the fence carries another token than ours: another
 * runner has taken over; and `tenant-schema-closed` (exit 3) when a tenant's schema is not where names are looked up.
 */
export async function holdFence({ runner, lock, progress }: Scene): Promise<string> {
  const { rows } = await runner.work.query<Held>(
    `SELECT pg_current_xact_id()::text AS xid, current_schema() AS first ${runner.pooled ? whereItRuns : ''}
     FROM shipshape.fence WHERE scope = $2 AND token = $1::bigint FOR SHARE`,
    [lock.token, runner.scope],
  );
  const [row] = rows;
  if (row !== undefined) {
    // A schema that is gone or closed is passed over by search_path: what the file makes would land in the next one.
    if (runner.scope !== '' && row.first !== runner.scope) {
      const data = { schema: runner.scope, user: runner.user, ...standOf(progress) };
      throw new ShipshapeError([makeFinding('tenant-schema-closed', data)]);
    }
    if (runner.pooled) {
      const backend: Backend = { pid: row.pid, start: row.start, onlyIn: row.xid };
      runner.backend = backend;
      await nameBackend(runner, lock.token, backend);
    }
    return row.xid;
  }
  const data = { reason: 'another runner has taken over', ...standOf(progress) };
  throw new ShipshapeError([makeFinding('lease-lost', data)]);
}

interface Held {
  readonly xid: string;
  readonly first: string | null;
  /** Of its backend, behind a pooler. */
  readonly pid: number;
  readonly start: string | null;
}

const whereItRuns = `, pg_backend_pid() AS pid,
  (SELECT ${startText} FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS start`;
