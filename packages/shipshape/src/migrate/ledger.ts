// The ledger: which migrations are applied in this database.
import type { LedgerEntry } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { History, Migration } from './migration.ts';

/**
 * Reads only, needs no more than SELECT, and leaves a transaction that is open usable when there is no ledger.
 * Throws ShipshapeError `ledger-unreadable` (exit 4) when the role may not read it.
 */
export async function readHistory(session: Session, migrations: readonly Migration[]): Promise<History> {
  const { rows } = await session.query<{ found: boolean; user: string }>(
    `SELECT current_user AS "user", EXISTS (
       SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = 'shipshape' AND c.relname = 'ledger') AS found`,
  );
  if (rows[0]?.found !== true) return { applied: [], pending: migrations, ledgerFound: false };
  const applied = await readEntries(session, rows[0].user);
  const known = new Set(applied.map((entry) => entry.id));
  return { applied, pending: migrations.filter((each) => !known.has(each.id)), ledgerFound: true };
}

async function readEntries(session: Session, user: string): Promise<readonly LedgerEntry[]> {
  try {
    const { rows } = await session.query<LedgerEntry>(
      `SELECT id, checksum, to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "appliedAt"
       FROM shipshape.ledger ORDER BY finished_at, id`,
    );
    return rows;
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.sqlstate !== sqlstates.insufficientPrivilege) throw error;
    throw new ShipshapeError([makeFinding('ledger-unreadable', { user, message: error.message })], {
      cause: error,
    });
  }
}

export interface LedgerRow {
  readonly migration: Migration;
  readonly runner: string;
  readonly runId: string;
  readonly token: string;
  /** Of the transaction that the migration began in. */
  readonly xid: string;
}

/** False when this is another transaction than the one the migration began in: nothing is written then. */
export async function writeLedgerRow(session: Session, row: LedgerRow): Promise<boolean> {
  const { rowCount } = await session.query(
    `INSERT INTO shipshape.ledger (id, checksum, started_at, finished_at, runner, run_id, token)
     SELECT $1, $2, transaction_timestamp(), clock_timestamp(), $3, $4, $5::bigint
     WHERE pg_current_xact_id_if_assigned()::text = $6`,
    [row.migration.id, row.migration.checksum, row.runner, row.runId, row.token, row.xid],
  );
  return rowCount === 1;
}

/** Whether this very run has applied the migration. */
export async function readOwnRow(session: Session, migration: Migration, runId: string): Promise<boolean> {
  const { rows } = await session.query('SELECT FROM shipshape.ledger WHERE id = $1 AND run_id = $2', [
    migration.id,
    runId,
  ]);
  return rows.length === 1;
}
