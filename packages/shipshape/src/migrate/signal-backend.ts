// Signals to the backend of a runner, and to no other that has come into its place.
import type { Session } from '../postgres/session.ts';
import type { Backend } from './backend.ts';

/** A backend start as text that means the same in every session. */
export const startText = "to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')";

/**
 * Whether a backend (columns of pg_stat_activity `a`) is still in the transaction `xid`, an xid8 as text, or `xid` is null.
 * pg_stat_activity counts transactions in 32 bits (manual 67.1).
 */
export function isIn(xid: string): string {
  return `(${xid} IS NULL OR a.backend_xid::text::bigint = ${xid}::bigint % 4294967296)`;
}

/** False when there is none such any more. Throws DatabaseError 42501 when this role may not. */
export async function endBackend(session: Session, backend: Backend): Promise<boolean> {
  return signal(session, 'pg_terminate_backend', backend);
}

export async function cancelBackend(session: Session, backend: Backend): Promise<boolean> {
  return signal(session, 'pg_cancel_backend', backend);
}

async function signal(
  session: Session,
  act: 'pg_terminate_backend' | 'pg_cancel_backend',
  { pid, start, onlyIn }: Backend,
): Promise<boolean> {
  const { rows } = await session.query(
    `SELECT ${act}(a.pid) FROM pg_stat_activity a
     WHERE a.pid = $1 AND ($2::text IS NULL OR ${startText} = $2) AND ${isIn('$3::text')}`,
    [pid, start, onlyIn],
  );
  return rows.length === 1;
}
