// openRunner: the second connection, and what has to be known and set before the lock is asked for.
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { connect } from '../postgres/connect.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Notice, OwnSession } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { inTurn } from './in-turn.ts';
import { sessionKeyOf } from './lock-keys.ts';
import type { RunOrder } from './run-order.ts';
import type { Runner } from './runner.ts';

/** A backend start as text that means the same in every session. */
export const startText = "to_char(backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')";

/** The run's first connection. */
export async function openWork(target: Target): Promise<{ id: string; work: OwnSession }> {
  const id = randomUUID();
  return { id, work: await connect(target, { applicationName: `shipshape:work:${id}` }) };
}

/**
 * Throws ShipshapeError `pooler-in-front` (exit 3) when the backend that answers is not the one the connection was made
 * with: pgbouncer in any of its modes shows by that (other poolers may hide it).
 */
export async function openRunner(
  { target, scope }: RunOrder,
  { id, work }: { id: string; work: OwnSession },
): Promise<Runner> {
  const { rows } = await work.query<{
    pid: number;
    start: string;
    version: number;
    user: string;
    database: string;
  }>(
    `SELECT pid, ${startText} AS start, current_setting('server_version_num')::int AS version,
            current_user AS "user", current_database() AS database
     FROM pg_stat_activity WHERE pid = pg_backend_pid()`,
  );
  const [facts] = rows;
  if (facts === undefined || facts.pid !== work.pid)
    throw new ShipshapeError([makeFinding('pooler-in-front', { target: target.display })]);
  const settings = await settle(work);
  const beat = inTurn(await connect(target, { applicationName: `shipshape:beat:${id}` }));
  try {
    await beat.query(settings);
  } catch (error) {
    beat.destroy();
    throw error;
  }
  const notices: Notice[] = [];
  work.onNotice((notice) => notices.push(notice));
  return {
    id,
    name: `process ${process.pid} on ${hostname()}`,
    scope,
    sessionKey: sessionKeyOf(scope),
    user: facts.user,
    database: facts.database,
    work,
    workStart: facts.start,
    beat,
    settings,
    notices,
    versionNumber: facts.version,
  };
}

/** Overrides what a role or a database may have set for its ordinary sessions. */
async function settle(work: OwnSession): Promise<string> {
  const always =
    'SET idle_session_timeout = 0; SET default_transaction_read_only = off; SET statement_timeout = 0';
  const watched = `${always}; SET client_connection_check_interval = 1000`;
  try {
    await work.query(watched);
    return watched;
  } catch (error) {
    // 22023: the server's platform cannot watch a client's socket (manual 19.3.1); the next runner's terminate remains.
    if (!(error instanceof DatabaseError) || error.sqlstate !== '22023') throw error;
    await work.query(always);
    return always;
  }
}
