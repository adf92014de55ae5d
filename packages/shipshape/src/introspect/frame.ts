// The transaction that a reading happens in, and what is said when a table in it stays locked.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

/** What a look happens in, as SQL: settings that are local to it end with it. */
export interface Frame {
  readonly open: string;
  readonly close: string;
  /** After a failure. */
  readonly abandon: string;
}

/** How long a table that somebody holds ACCESS EXCLUSIVE is waited for: printing its expressions takes a lock on it. */
const lockSeconds = 5;

/** Not repeatable read: its snapshot would hide the very changes that are looked for. */
export const ownTransaction: Frame = {
  open: `BEGIN ISOLATION LEVEL READ COMMITTED READ ONLY; SET LOCAL lock_timeout = '${lockSeconds}s'`,
  close: 'COMMIT',
  abandon: 'ROLLBACK',
};

/** Rolled back, not released: that restores the settings, and revives a transaction whose look failed. */
const endOfSavepoint = 'ROLLBACK TO SAVEPOINT shipshape_reading; RELEASE SAVEPOINT shipshape_reading';
export const savepoint: Frame = {
  open: 'SAVEPOINT shipshape_reading',
  close: endOfSavepoint,
  abandon: endOfSavepoint,
};

/** Throws ShipshapeError `catalogue-locked`, verdict *blind*, for a wait that was too long. */
export async function explainingLocks<T>(session: Session, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
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
