// The ledger: which migrations are applied in this database.
import type { LedgerEntry } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Book, BookEntry } from './book.ts';
import type { Flight } from './flight.ts';
import type { History, Migration } from './migration.ts';
import { notItsTransaction } from './not-its-transaction.ts';
import { askOwn, type OwnStatement, renderExecute } from './own-statement.ts';

/**
 * Reads only, needs no more than SELECT, and leaves a transaction that is open usable when there is no ledger.
 * Throws ShipshapeError `ledger-unreadable` (exit 4) when the role may not read it.
 */
export async function readHistory(
  session: Session,
  migrations: readonly Migration[],
  scope = '',
): Promise<History> {
  const histories = await readHistories(session, migrations, [scope]);
  return histories.get(scope) as History;
}

/** As `readHistory`, of many scopes of one database at once. Each of them is a key. */
export async function readHistories(
  session: Session,
  migrations: readonly Migration[],
  scopes: readonly string[],
): Promise<ReadonlyMap<string, History>> {
  const { rows } = await session.query<Found>(
    `SELECT current_user AS "user", EXISTS (
       SELECT FROM pg_catalog.pg_attribute a
       WHERE a.attrelid = c.oid AND a.attname = 'scope' AND NOT a.attisdropped) AS scoped
     FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'shipshape' AND c.relname = 'ledger'`,
  );
  const [found] = rows;
  const entries = new Map<string, LedgerEntry[]>(scopes.map((scope) => [scope, []]));
  const told = found === undefined ? [] : await readEntries(session, found, scopes);
  for (const [scope, id, checksum, appliedAt] of told) entries.get(scope)?.push({ id, checksum, appliedAt });
  const historyOf = (applied: readonly LedgerEntry[]): History => {
    const known = new Set(applied.map((entry) => entry.id));
    const pending = migrations.filter((each) => !known.has(each.id));
    return { applied, pending, ledgerFound: found !== undefined, foreign: null };
  };
  return new Map([...entries].map(([scope, applied]) => [scope, historyOf(applied)]));
}

interface Found {
  readonly user: string;
  /** Not in the first form of the ledger, which the next `migrate` brings up to date. */
  readonly scoped: boolean;
}

type Row = readonly [scope: string, id: string, checksum: string, appliedAt: string];

async function readEntries(
  session: Session,
  { user, scoped }: Found,
  scopes: readonly string[],
): Promise<readonly Row[]> {
  if (!scoped && !scopes.includes('')) return [];
  try {
    // As one text, which a driver takes apart faster than as many rows.
    const { rows } = await session.query<{ readonly entries: string }>(
      `SELECT coalesce(json_agg(json_build_array(${scoped ? 'scope' : "''"}, id, checksum,
         to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')) ORDER BY finished_at, id)::text, '[]') AS entries
       FROM shipshape.ledger ${scoped ? 'WHERE scope = ANY ($1)' : ''}`,
      scoped ? [scopes] : [],
    );
    return JSON.parse(rows[0]?.entries ?? '[]') as readonly Row[];
  } catch (error) {
    if (!(error instanceof DatabaseError) || error.sqlstate !== sqlstates.insufficientPrivilege) throw error;
    throw new ShipshapeError([makeFinding('ledger-unreadable', { user, message: error.message })], {
      cause: error,
    });
  }
}

/** `shipshape.ledger`, whose lock is our own. */
export const ownBook: Book = {
  inLedger: true,
  readHistory,
  enter: async () => undefined,
  write,
  wasWritten,
};

export const ledgerEntry: OwnStatement = {
  name: 'ledger',
  types: ['text', 'text', 'text', 'text', 'text', 'bigint', 'text'],
  text: `INSERT INTO shipshape.ledger (scope, id, checksum, started_at, finished_at, runner, run_id, token)
    VALUES ($1, $2, $3, transaction_timestamp(), clock_timestamp(), $4, $5,
            CASE WHEN pg_current_xact_id_if_assigned()::text = coalesce($7, pg_current_xact_id_if_assigned()::text)
                 THEN $6::bigint END)`,
};

/**
 * As SQL, to be sent in one message with COMMIT: before the transaction's id is known. It is one then that has an id, as the
 * fence has given it one; outside of any, where nothing has written yet, there is none.
 */
export function renderEntry(entry: BookEntry): string {
  return renderExecute(ledgerEntry, valuesOf(entry));
}

function valuesOf({ scope, migration, runner, runId, token, xid }: BookEntry): readonly (string | null)[] {
  return [scope, migration.id, migration.checksum, runner, runId, token, xid];
}

/** COMMIT is on its way behind it: in another transaction the row has to be an error, and is one without a token. */
async function write(session: Session, row: BookEntry, flight: Flight): Promise<void> {
  const written = askOwn(session, row.prepared, ledgerEntry, valuesOf(row));
  flight.send(
    written.catch((error: unknown) => {
      throw error instanceof DatabaseError && error.sqlstate === '23502' ? notItsTransaction() : error;
    }),
  );
}

async function wasWritten(session: Session, { migration, runId, scope }: BookEntry): Promise<boolean> {
  const { rows } = await session.query(
    'SELECT FROM shipshape.ledger WHERE scope = $3 AND id = $1 AND run_id = $2',
    [migration.id, runId, scope],
  );
  return rows.length === 1;
}
