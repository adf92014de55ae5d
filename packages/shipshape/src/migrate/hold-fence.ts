// holdFence: the first statement of a migration's transaction; while it lasts nobody can take the lock over.
import type { MigrationId } from '../catalog/index.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import { sqlstates } from '../postgres/sqlstate.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Backend } from './backend.ts';
import { nameBackend } from './lease.ts';
import { type OwnStatement, renderExecute } from './own-statement.ts';
import type { Runner } from './runner.ts';
import { type Scene, standOf } from './scene.ts';
import { startText } from './signal-backend.ts';

/**
 * The id of the transaction that `opening` opens. What was sent behind it the server refuses where the fence carries another
 * token than ours, or where `after`, which this transaction was sent behind, was not committed. Throws ShipshapeError
 * `lease-lost` then: another runner has taken over; and `tenant-schema-closed` (exit 3) when a tenant's schema is not where
 * names are looked up.
 */
export async function holdFence(
  { runner, lock, progress }: Scene,
  opening: string,
  after: MigrationId | null,
): Promise<string> {
  const { scope } = runner;
  const row = await ask(runner, opening, [lock.token, scope, after, runner.id]);
  if (row !== undefined) {
    // A schema that is gone or closed is passed over by search_path: what the file makes would land in the next one.
    if (scope !== '' && row.first !== scope) {
      const data = { schema: scope, user: runner.user, ...standOf(progress) };
      throw new ShipshapeError([makeFinding('tenant-schema-closed', data)]);
    }
    if (runner.pooled) {
      const backend: Backend = { pid: row.pid, start: row.start, onlyIn: row.xid };
      runner.backend = backend;
      await nameBackend(runner, lock.token, backend);
    }
    return row.xid;
  }
  const data = { reason: takenOver, ...standOf(progress) };
  throw new ShipshapeError([makeFinding('lease-lost', data)]);
}

const takenOver = 'another runner has taken over';

/**
 * Where it is not ours, it is an error to the server, by a number that is none: what was sent behind it is then refused like
 * all that follows an error in a transaction (25P02).
 */
const isOurs = `CASE WHEN (SELECT count(*) FROM (
      SELECT FROM shipshape.fence WHERE scope = $2 AND token = $1::bigint FOR SHARE) AS held) = 1
    AND ($3::text IS NULL OR EXISTS (
      SELECT FROM shipshape.ledger WHERE scope = $2 AND id = $3 AND run_id = $4))
  THEN '1' ELSE '${takenOver}' END::int AS held`;
const transaction = 'pg_current_xact_id()::text AS xid, current_schema() AS first';
const backend = `pg_backend_pid() AS pid,
  (SELECT ${startText} FROM pg_stat_activity WHERE pid = pg_backend_pid()) AS start`;

const types = ['bigint', 'text', 'text', 'text'];

export const fence: OwnStatement = { name: 'fence', types, text: `SELECT ${transaction}, ${isOurs}` };

interface Held {
  readonly xid: string;
  readonly first: string | null;
  /** Of its backend, behind a pooler. */
  readonly pid: number;
  readonly start: string | null;
}

/** Undefined where the fence is not ours. */
async function ask(
  { work, pooled }: Runner,
  opening: string,
  values: readonly (string | null)[],
): Promise<Held | undefined> {
  const answers = pooled
    ? [work.query<Held>(opening), work.query<Held>(`SELECT ${transaction}, ${backend}, ${isOurs}`, values)]
    : [work.query<Held>(`${opening}; ${renderExecute(fence, values)}`)];
  try {
    return (await Promise.all(answers)).at(-1)?.rows[0];
  } catch (error) {
    if (error instanceof DatabaseError && error.sqlstate === sqlstates.invalidTextRepresentation) return;
    throw error;
  }
}
