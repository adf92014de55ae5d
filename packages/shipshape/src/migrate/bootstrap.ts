// ensureLedger: the schema shipshape with ledger, lease and fence, made once.
import { quoteLiteral } from '../catalog/index.ts';
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
  CREATE TABLE IF NOT EXISTS shipshape.ledger (
    scope text NOT NULL DEFAULT '',
    id text NOT NULL,
    checksum text NOT NULL,
    started_at timestamptz NOT NULL,
    finished_at timestamptz NOT NULL,
    runner text NOT NULL,
    run_id text NOT NULL,
    token bigint NOT NULL,
    PRIMARY KEY (scope, id)
  );
  CREATE TABLE IF NOT EXISTS shipshape.step (
    scope text NOT NULL DEFAULT '',
    migration text NOT NULL,
    position integer NOT NULL,
    checksum text NOT NULL,
    state text NOT NULL CHECK (state IN ('started', 'done')),
    expects jsonb,
    cursor text,
    pass integer NOT NULL DEFAULT 1,
    rows bigint NOT NULL DEFAULT 0,
    attempts integer NOT NULL DEFAULT 1,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at timestamptz,
    runner text NOT NULL,
    run_id text NOT NULL,
    token bigint NOT NULL,
    PRIMARY KEY (scope, migration, position)
  );
  CREATE TABLE IF NOT EXISTS shipshape.lease (
    scope text PRIMARY KEY,
    holder text,
    token bigint,
    taken_at timestamptz,
    expires_at timestamptz NOT NULL,
    pid integer,
    backend_start timestamptz,
    xid text
  );
  CREATE TABLE IF NOT EXISTS shipshape.fence (
    scope text PRIMARY KEY,
    token bigint NOT NULL
  );
`;

/**
 * What the first form of the schema lacks, in which one ledger served the whole database. A runner of that release which
 * holds the lease meanwhile fails at its next heartbeat and ends its work; its lease is kept, and waited for.
 */
const upgrade = `
  ALTER TABLE shipshape.ledger ADD COLUMN IF NOT EXISTS scope text NOT NULL DEFAULT '';
  ALTER TABLE shipshape.ledger DROP CONSTRAINT IF EXISTS ledger_pkey;
  ALTER TABLE shipshape.ledger ADD PRIMARY KEY (scope, id);
  ALTER TABLE shipshape.lease DROP COLUMN id, ADD COLUMN xid text, ADD COLUMN scope text PRIMARY KEY DEFAULT '';
  ALTER TABLE shipshape.fence DROP COLUMN id, ADD COLUMN scope text PRIMARY KEY DEFAULT '';
`;

/** In the message of all the rest, which takes no parameters. */
const seed = (scopes: readonly string[]): string => {
  const named = `unnest(ARRAY[${scopes.map(quoteLiteral).join(', ')}]::text[])`;
  return `
  INSERT INTO shipshape.lease (scope, expires_at) SELECT ${named}, '-infinity' ON CONFLICT DO NOTHING;
  INSERT INTO shipshape.fence (scope, token) SELECT ${named}, 0 ON CONFLICT DO NOTHING;`;
};

/**
 * Many may call it at once. Throws ShipshapeError `runner-busy` (exit 5) when another one's bootstrap does not end
 * before the wait is over.
 */
export async function ensureLedger(
  session: Session,
  { scope, ...order }: Pick<RunOrder, 'waitSeconds' | 'signal' | 'target' | 'scope'>,
): Promise<void> {
  await ensureLedgers(session, { ...order, scopes: [scope] });
}

/** The same for many scopes of one database at once. */
export async function ensureLedgers(
  session: Session,
  {
    waitSeconds,
    signal,
    target,
    scopes,
  }: Pick<RunOrder, 'waitSeconds' | 'signal' | 'target'> & { readonly scopes: readonly string[] },
): Promise<void> {
  const { form } = await readForm(session);
  if (form === 'present' && (await isSeeded(session, scopes))) return;
  const patience = { until: performance.now() + waitSeconds * 1000, signal };
  const made = await poll(patience, async () => (await bootstrap(session, scopes)) || undefined);
  if (made === true) return;
  const data = { holder: 'another runner, which is making the schema shipshape', waited: waitSeconds };
  const unseen = { since: null, statement: null, pid: null, endable: true, user: target.user };
  throw new ShipshapeError([makeFinding('runner-busy', { ...data, ...unseen })]);
}

interface Form {
  /** `first`: without scopes and without a journal. */
  readonly form: 'absent' | 'first' | 'present';
  readonly hasSchema: boolean;
}

async function readForm(session: Session): Promise<Form> {
  const { rows } = await session.query<{ schemas: number; tables: number; first: boolean }>(
    `SELECT count(DISTINCT n.oid)::int AS schemas, count(c.oid)::int AS tables,
       coalesce(bool_or(c.relname = 'lease' AND EXISTS (
         SELECT FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'id' AND NOT a.attisdropped)), false) AS first
     FROM pg_catalog.pg_namespace n
     LEFT JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relkind = 'r' AND c.relname IN ('ledger', 'step', 'lease', 'fence')
     WHERE n.nspname = 'shipshape'`,
  );
  const { schemas = 0, tables = 0, first = false } = rows[0] ?? {};
  return { form: first ? 'first' : tables === 4 ? 'present' : 'absent', hasSchema: schemas > 0 };
}

async function isSeeded(session: Session, scopes: readonly string[]): Promise<boolean> {
  const { rows } = await session.query(
    'SELECT FROM shipshape.lease JOIN shipshape.fence USING (scope) WHERE scope = ANY ($1)',
    [scopes],
  );
  return rows.length === scopes.length;
}

/**
 * False when the lock did not come in time. Two ways to the server, while nobody else is making it. The disk is not waited
 * for: taking the lease waits, and a log that is on the disk is there with all that stands before.
 */
async function bootstrap(session: Session, scopes: readonly string[]): Promise<boolean> {
  try {
    const [, , { form, hasSchema }] = await Promise.all([
      session.query(
        `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
         SET LOCAL lock_timeout = '1s'; SET LOCAL idle_in_transaction_session_timeout = '10s';
         SET LOCAL synchronous_commit = off`,
      ),
      session.query('SELECT pg_advisory_xact_lock($1, $2)', bootstrapKey),
      // Under the lock once more: whoever held it may have made or changed it.
      readForm(session),
    ]);
    // Not IF NOT EXISTS: that asks for CREATE on the database although the schema is there.
    const schema = hasSchema ? '' : 'CREATE SCHEMA shipshape;';
    const tables = form === 'present' ? '' : ddl;
    await session.query(`${form === 'first' ? upgrade : ''}${schema}${tables}${seed(scopes)} COMMIT`);
    return true;
  } catch (error) {
    if (!(error instanceof DatabaseError) || isConnectionLost(error)) throw error;
    await session.query('ROLLBACK');
    if (error.sqlstate === sqlstates.lockNotAvailable) return false;
    throw error;
  }
}
