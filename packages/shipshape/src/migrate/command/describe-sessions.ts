// describeSessions: what the sessions of a database are doing, and who waits for whom, one line each.
import type { Session } from '../../postgres/session.ts';
import { withoutConstants } from '../without-constants.ts';

interface SessionRow {
  readonly pid: number;
  readonly state: string;
  readonly waits: string | null;
  readonly blockers: readonly number[];
  readonly seconds: number;
  readonly query: string;
}

/** The other clients of this database. */
export const others = `FROM pg_catalog.pg_stat_activity
  WHERE datname = pg_catalog.current_database() AND pid <> pg_catalog.pg_backend_pid() AND backend_type = 'client backend'`;

/** `waiting`: only who waits for a lock of another, and these. */
export async function describeSessions(
  session: Session,
  which: 'all' | 'waiting',
): Promise<readonly string[]> {
  const { rows } = await session.query<SessionRow>(
    `SELECT pid, coalesce(state, 'unknown') AS state, wait_event_type AS waits, pg_catalog.pg_blocking_pids(pid) AS blockers,
       pg_catalog.floor(extract(epoch FROM pg_catalog.clock_timestamp() - coalesce(state_change, backend_start)))::int AS seconds,
       query ${others} ORDER BY pid`,
  );
  const blocking = new Set(rows.flatMap(({ blockers }) => blockers));
  return rows
    .filter(({ pid, blockers }) => which === 'all' || blockers.length > 0 || blocking.has(pid))
    .map(render);
}

function render({ pid, state, waits, blockers, seconds, query }: SessionRow): string {
  const statement = withoutConstants(query);
  const doing =
    blockers.length > 0
      ? `waits for ${blockers.map((blocker) => `pid ${blocker}`).join(', ')}`
      : state === 'active' && waits !== null
        ? `waits (${waits})`
        : state;
  return `pid ${pid} ${doing} for ${seconds} s${statement === null ? '' : `, ${state === 'active' ? 'in' : 'after'}: ${statement}`}`;
}
