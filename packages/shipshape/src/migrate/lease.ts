// The lease: taken, renewed and given back, each by one statement and by the server's clock.
import type { Backend } from './backend.ts';
import type { Runner } from './runner.ts';

/**
 * The token of the lease that is ours now; null when it is not to be had. The fence's row is skipped while a migration
 * holds it, so that nobody waits inside the server: who waits there holds a snapshot, and a concurrent index build
 * would wait for that.
 */
export async function takeLease(runner: Runner, leaseMs: number): Promise<string | null> {
  const { rows } = await runner.beat.query<{ token: string }>(
    `WITH f AS (
       SELECT f.scope, f.token FROM shipshape.fence f JOIN shipshape.lease l USING (scope)
       WHERE f.scope = $4 AND l.expires_at <= clock_timestamp()
       FOR UPDATE OF f SKIP LOCKED
     ), l AS (
       UPDATE shipshape.lease SET
         holder = $1, token = f.token + 1, taken_at = clock_timestamp(),
         expires_at = clock_timestamp() + $2 * interval '1 millisecond', pid = $3, xid = NULL,
         backend_start = (SELECT a.backend_start FROM pg_stat_activity a WHERE a.pid = $3)
       FROM f
       WHERE lease.scope = f.scope AND lease.expires_at <= clock_timestamp()
       RETURNING lease.scope, lease.token
     )
     UPDATE shipshape.fence SET token = l.token FROM l WHERE fence.scope = l.scope RETURNING fence.token::text`,
    [runner.name, leaseMs, runner.backend?.pid ?? null, runner.scope],
  );
  return rows[0]?.token ?? null;
}

/** False when the lease is over or somebody else's: it is never renewed then. */
export async function renewLease({ beat, scope }: Runner, token: string, leaseMs: number): Promise<boolean> {
  const { rowCount } = await beat.query(
    `UPDATE shipshape.lease SET expires_at = clock_timestamp() + $2 * interval '1 millisecond'
     WHERE scope = $3 AND token = $1::bigint AND expires_at > clock_timestamp()`,
    [token, leaseMs, scope],
  );
  return rowCount === 1;
}

export async function giveBackLease({ beat, scope }: Runner, token: string): Promise<void> {
  await beat.query(
    "UPDATE shipshape.lease SET expires_at = '-infinity' WHERE scope = $2 AND token = $1::bigint",
    [token, scope],
  );
}

/** Behind a pooler: where the migration runs that has just begun, so that what is left of it can be ended. */
export async function nameBackend(
  { beat, scope }: Runner,
  token: string,
  { pid, onlyIn }: Backend,
): Promise<void> {
  await beat.query(
    `UPDATE shipshape.lease SET pid = $3, xid = $4,
       backend_start = (SELECT a.backend_start FROM pg_stat_activity a WHERE a.pid = $3)
     WHERE scope = $2 AND token = $1::bigint`,
    [token, scope, pid, onlyIn],
  );
}
