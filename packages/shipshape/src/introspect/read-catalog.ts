// readCatalog: what a live database holds, as nouns of the catalog.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { insist } from './insist.ts';
import { type Frame, isStamped, readOnce } from './read-once.ts';
import type { Reading, Scope } from './reading.ts';

/** How long a table that somebody holds ACCESS EXCLUSIVE is waited for: printing its expressions takes a lock on it. */
const lockSeconds = 5;

/** Not repeatable read: its snapshot would hide the very changes that are looked for. */
const transaction: Frame = {
  open: `BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL lock_timeout = '${lockSeconds}s'`,
  close: 'COMMIT',
  abandon: 'ROLLBACK',
};

/**
 * Reads in a read-only transaction of its own; the session must not be in one. `scope.breadth` says how much: see
 * Breadth; what `catalog/` has no noun for is counted in `uncompared`. Objects of extensions, temporary ones and schemas
 * of libraries are set aside, and so is what PostgreSQL makes by itself: plpgsql, the indexes of keys, functions of
 * ranges, triggers of constraints, copies of triggers and foreign keys for partitions. PostgreSQL 14 to 18.
 * A catalogue that changes meanwhile is read again, at most three times (pg_get_expr and the like print from the
 * current catalogue, not from a snapshot: manual 9.28.4 and 13.2).
 * Throws ShipshapeError `catalogue-torn`, `catalogue-unreadable`, `catalogue-locked`: exit 4, verdict *blind*.
 */
export async function readCatalog(session: Session, scope: Scope = {}): Promise<Reading> {
  try {
    return await insist(session, (count) => readOnce(session, scope, isStamped(scope, count), transaction));
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.sqlstate !== sqlstates.lockNotAvailable) throw error;
    throw await explainLocked(session, error);
  }
}

async function explainLocked(session: Session, cause: DatabaseError): Promise<ShipshapeError> {
  const { rows } = await session.query<{ database: string; holders: readonly string[] }>(
    `SELECT current_database() AS database, array(
       SELECT DISTINCT 'pid ' || l.pid || ' on ' || l.relation::regclass::text
       FROM pg_locks l JOIN pg_database d ON d.oid = l.database
       WHERE d.datname = current_database() AND l.granted AND l.mode = 'AccessExclusiveLock' AND l.locktype = 'relation'
       ORDER BY 1) AS holders`,
  );
  const { database = '', holders = [] } = rows[0] ?? {};
  const data = { database, seconds: lockSeconds, holders };
  return new ShipshapeError([makeFinding('catalogue-locked', data, { verdict: 'blind' })], { cause });
}
