// Who holds the lock of the runners, and the end of what is left of one whose lease is over.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import type { Holder } from './run-order.ts';
import type { Runner } from './runner.ts';
import { isIn } from './signal-backend.ts';
import { withoutConstants } from './without-constants.ts';

/** `refused`: it is there and this role may not end it. */
export type Ending = 'ended' | 'nobody' | 'refused';

/** Ends the session of a holder whose lease is over; pid and start together hit no other session's reused pid. */
export async function endExpiredHolder({ beat, scope }: Runner): Promise<Ending> {
  return end(
    beat,
    `SELECT pg_terminate_backend(a.pid) FROM shipshape.lease l
     JOIN pg_stat_activity a ON a.pid = l.pid AND a.backend_start = l.backend_start AND ${isIn('l.xid')}
     WHERE l.scope = $1 AND l.expires_at <= clock_timestamp()`,
    [scope],
  );
}

/** Ends whoever else holds the session lock: asked for by the owner of the lease, so that one's lease is over. */
export async function endSessionLockOwner({ beat, backend, sessionKey }: Runner): Promise<Ending> {
  return end(
    beat,
    `SELECT pg_terminate_backend(l.pid) FROM pg_locks l WHERE ${ownsSessionLock} AND l.pid <> $3`,
    [...sessionKey, backend?.pid ?? 0],
  );
}

/** Whether another session holds it: what a runner asks that cannot hold it itself. */
export async function isSessionLockFree({ beat, sessionKey }: Runner): Promise<boolean> {
  const { rows } = await beat.query(`SELECT FROM pg_locks l WHERE ${ownsSessionLock}`, [...sessionKey]);
  return rows.length === 0;
}

const ownsSessionLock = `l.locktype = 'advisory' AND l.granted AND l.objsubid = 2
  AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND l.classid::bigint = $1 AND l.objid::bigint = $2`;

async function end(session: Session, text: string, values: readonly unknown[]): Promise<Ending> {
  try {
    const { rows } = await session.query(text, values);
    return rows.length === 0 ? 'nobody' : 'ended';
  } catch (error) {
    if (error instanceof DatabaseError && error.sqlstate === sqlstates.insufficientPrivilege)
      return 'refused';
    throw error;
  }
}

interface Row {
  readonly runner: string | null;
  readonly since: string | null;
  readonly expired: boolean;
  readonly pid: number | null;
  readonly statement: string | null;
  /** The session is another role's, which does not show when it began. */
  readonly hidden: boolean | null;
}

/** Of the lease. A session of another role hides when it began; its pid is all there is to know it by then. */
export async function readHolder({ beat, scope }: Runner, ending: Ending): Promise<Holder> {
  const { rows } = await beat.query<Row>(
    `SELECT l.holder AS runner, ${sinceText('l.taken_at')} AS since, l.expires_at <= clock_timestamp() AS expired,
            a.pid, a.query AS statement, a.backend_start IS NULL AS hidden
     FROM shipshape.lease l LEFT JOIN pg_stat_activity a
       ON a.pid = l.pid AND (a.backend_start = l.backend_start OR a.backend_start IS NULL) AND ${isIn('l.xid')}
     WHERE l.scope = $1`,
    [scope],
  );
  return makeHolder(rows[0], ending);
}

/** Of the session lock, for whom the lease has passed on already. */
export async function readSessionLockOwner(
  { beat, backend, sessionKey }: Runner,
  ending: Ending,
): Promise<Holder> {
  const { rows } = await beat.query<Row>(
    `SELECT a.application_name AS runner, ${sinceText('a.backend_start')} AS since, true AS expired,
            l.pid, a.query AS statement, a.backend_start IS NULL AS hidden
     FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid) WHERE ${ownsSessionLock} AND l.pid <> $3`,
    [...sessionKey, backend?.pid ?? 0],
  );
  return makeHolder(rows[0], ending);
}

function sinceText(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}

function makeHolder(row: Row | undefined, ending: Ending): Holder {
  const expired = row?.expired ?? false;
  const pid = row?.pid ?? null;
  return {
    runner: row?.runner ?? 'another runner',
    since: row?.since ?? null,
    expired,
    pid,
    statement: withoutConstants(row?.statement ?? null),
    endable: !(expired && pid !== null && (ending === 'refused' || row?.hidden === true)),
  };
}
