// ensureLedger: the schema shipshape with ledger, lease and fence, made once.
import { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { isConnectionLost } from './connection-lost.ts';
import { bootstrapKey } from './lock-keys.ts';
import { poll } from './poll.ts';
import type { RunOrder } from './run-order.ts';

/** Lease and fence stand apart: a migration holds the fence's row while the heartbeat writes the lease's. */
const ddl = `
  CREATE SCHEMA IF NOT EXISTS shipshape;
  CREATE TABLE IF NOT EXISTS shipshape.ledger (
    id text PRIMARY KEY,
    checksum text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    runner text NOT NULL,
    run_id text NOT NULL,
    token bigint NOT NULL
  );
  CREATE TABLE IF NOT EXISTS shipshape.lease (
    id integer PRIMARY KEY CHECK (id = 1),
    holder text,
    token bigint,
    taken_at timestamptz,
    expires_at timestamptz NOT NULL,
    pid integer,
    backend_start timestamptz
  );
  CREATE TABLE IF NOT EXISTS shipshape.fence (
    id integer PRIMARY KEY CHECK (id = 1),
    token bigint NOT NULL
  );
  INSERT INTO shipshape.lease (id, expires_at) VALUES (1, '-infinity') ON CONFLICT DO NOTHING;
  INSERT INTO shipshape.fence (id, token) VALUES (1, 0) ON CONFLICT DO NOTHING;
`;

/**
 * Many may call it at once. Throws ShipshapeError `runner-busy` (exit 5) when another one's bootstrap does not end
 * before the wait is over.
 */
export async function ensureLedger(
  session: Session,
  { waitSeconds, signal, target }: RunOrder,
): Promise<void> {
  const { rows } = await session.query<{ found: number }>(
    `SELECT count(*)::int AS found FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'shipshape' AND c.relname IN ('ledger', 'lease', 'fence')`,
  );
  if (rows[0]?.found === 3) return;
  const patience = { until: performance.now() + waitSeconds * 1000, signal };
  const made = await poll(patience, async () => (await bootstrap(session)) || undefined);
  if (made === true) return;
  const data = { holder: 'another runner, which is making the schema shipshape', waited: waitSeconds };
  const unseen = { since: null, statement: null, pid: null, endable: true, user: target.user };
  throw new ShipshapeError([makeFinding('runner-busy', { ...data, ...unseen })]);
}

/** False when the lock did not come in time. */
async function bootstrap(session: Session): Promise<boolean> {
  await session.query(
    `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
     SET LOCAL lock_timeout = '1s'; SET LOCAL idle_in_transaction_session_timeout = '10s'`,
  );
  try {
    await session.query('SELECT pg_advisory_xact_lock($1, $2)', bootstrapKey);
    await session.query(ddl);
    await session.query('COMMIT');
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConnectionLost(error)) throw error;
    await session.query('ROLLBACK');
    if (error.sqlstate === sqlstates.lockNotAvailable) return false;
    throw error;
  }
}
