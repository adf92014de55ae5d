// Who holds the lock that our work waits for; asked while it waits, since afterwards nobody knows.
import type { Blocker } from './run-order.ts';
import type { Runner } from './runner.ts';
import { withoutConstants } from './without-constants.ts';

/** Of our own work unless a pid says whose. Empty when it waits for no lock. */
export async function readBlockers(
  { beat, backend }: Runner,
  pid = backend?.pid,
): Promise<readonly Blocker[]> {
  if (pid === undefined) return [];
  const { rows } = await beat.query<Blocker>(
    `SELECT b.pid, a.usename AS role, a.application_name AS application, a.state,
            extract(epoch FROM clock_timestamp() - a.xact_start)::float8 AS "ageSeconds",
            (SELECT string_agg(DISTINCT l.mode || ' on ' || l.relation::regclass, ', ')
             FROM pg_locks w JOIN pg_locks l ON l.relation = w.relation AND l.database = w.database
             WHERE w.pid = $1 AND NOT w.granted AND w.locktype = 'relation' AND l.pid = b.pid AND l.granted) AS locks,
            a.query AS statement
     FROM unnest(pg_blocking_pids($1)) AS b (pid) LEFT JOIN pg_stat_activity a ON a.pid = b.pid
     GROUP BY b.pid, a.usename, a.application_name, a.state, a.xact_start, a.query ORDER BY b.pid`,
    [pid],
  );
  return rows.map((row) => ({ ...row, statement: withoutConstants(row.statement) }));
}

/** `pid 4711 "calls" (app), idle in transaction for 12 s, AccessShareLock on call_log, last: select …` */
export function renderBlocker(blocker: Blocker): string {
  const { pid, role, application, state, ageSeconds, locks, statement } = blocker;
  const who = `pid ${pid}${application === null || application === '' ? '' : ` "${application}"`}${role === null ? '' : ` (${role})`}`;
  const age =
    ageSeconds === null ? '' : ` for ${ageSeconds < 10 ? ageSeconds.toFixed(1) : Math.round(ageSeconds)} s`;
  const parts = [
    who,
    state === null ? '' : `${state}${age}`,
    locks ?? '',
    statement === null ? '' : `${state === 'active' ? 'in' : 'last'}: ${statement}`,
  ];
  return parts.filter(Boolean).join(', ');
}
