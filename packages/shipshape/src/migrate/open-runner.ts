// openRunner: the second connection, and what has to be known and set before the lock is asked for.
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from '../postgres/connect.ts';
import { DatabaseError } from '../postgres/database-error.ts';
import type { OwnSession } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { inTurn } from './in-turn.ts';
import { sessionKeyOf } from './lock-keys.ts';
import { type Opened, patienceMs } from './open-work.ts';
import type { RunOrder } from './run-order.ts';
import type { Runner } from './runner.ts';
import { startText } from './signal-backend.ts';
import { searchPathOf } from './tenant-path.ts';

/** How long a pooler may take to give a second backend. */
const secondBackendMs = 5000;

/**
 * A pooler is in front when the backend that answers is not the one the connection was made with: pgbouncer in any of its
 * modes shows by that (others may hide it). Which mode it is cannot be proved from outside, so that none of them is taken
 * for a session. Throws ShipshapeError `pooler-unfit` (exit 3) for one through which nothing can be applied.
 */
export async function openRunner(order: RunOrder, { id, work }: Opened): Promise<Runner> {
  const connecting = connect(order.target, { applicationName: `shipshape:beat:${id}` }).then(inTurn);
  // It may fail while the first connection is still asked: what it throws is told where it is awaited.
  connecting.catch(() => undefined);
  try {
    return await join(order, { id, work }, connecting);
  } catch (error) {
    await connecting.then(
      (beat) => beat.destroy(),
      () => undefined,
    );
    throw error;
  }
}

async function join(order: RunOrder, { id, work }: Opened, connecting: Promise<OwnSession>): Promise<Runner> {
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
  const { target, scope } = order;
  const [facts] = rows;
  if (facts === undefined) throw new Error('pg_stat_activity does not list the backend that reads it');
  const pooled = facts.pid !== work.pid;
  const settings = pooled ? null : await settle(work, scope);
  const beat = await connecting;
  beat.answerWithin(patienceMs(order));
  if (settings === null) await assertFit(target, work, beat);
  else await beat.query(settings.ofBeat.join('; '));
  return {
    id,
    name: `process ${process.pid} on ${hostname()}`,
    scope,
    sessionKey: sessionKeyOf(scope),
    user: facts.user,
    database: facts.database,
    work,
    pooled,
    backend: pooled ? null : { pid: facts.pid, start: facts.start, onlyIn: null },
    beat,
    settings: settings?.ofWork ?? [],
    prepared: { what: 'unknown', cleared: 0 },
    versionNumber: facts.version,
  };
}

/** The lease is renewed on one connection while a transaction is open on the other: both need a backend at once. */
async function assertFit(target: Target, work: OwnSession, beat: OwnSession): Promise<void> {
  const unfit = (problem: 'statement mode' | 'one connection', cause: unknown) =>
    new ShipshapeError([makeFinding('pooler-unfit', { target: target.display, problem })], { cause });
  try {
    await work.query('BEGIN');
  } catch (error) {
    // pgbouncer in statement mode refuses it by 08P01 and hangs up; by 08P01 it also says that its server is gone.
    if (
      error instanceof DatabaseError &&
      error.sqlstate === '08P01' &&
      /statement pooling/.test(error.message)
    )
      throw unfit('statement mode', error);
    throw error;
  }
  const patience = new AbortController();
  const answer = await Promise.race([
    beat.query('SELECT').then(() => 'came' as const),
    sleep(secondBackendMs, 'did not come' as const, { signal: patience.signal }),
  ]);
  patience.abort();
  // Where the server behind it is gone it gives none either: the first connection is lost then, and says so.
  await work.query('ROLLBACK');
  if (answer === 'did not come') throw unfit('one connection', null);
}

interface Settings {
  readonly ofWork: readonly string[];
  readonly ofBeat: readonly string[];
}

/**
 * Overrides what a role or a database may have set for its ordinary sessions. Outside of our transactions, which say that
 * they write, `work` reads only: what was sent behind a BEGIN that did not come through (it was cancelled, say) changes nothing.
 */
async function settle(work: OwnSession, scope: string): Promise<Settings> {
  const settings = (...more: readonly string[]): Settings => {
    const of = (readOnly: 'on' | 'off') => [
      'SET idle_session_timeout = 0',
      `SET default_transaction_read_only = ${readOnly}`,
      'SET statement_timeout = 0',
      ...more,
      ...searchPathOf(scope, 'session'),
    ];
    return { ofWork: of('on'), ofBeat: of('off') };
  };
  const watched = settings('SET client_connection_check_interval = 1000');
  try {
    await work.query(watched.ofWork.join('; '));
    return watched;
  } catch (error) {
    // 22023: the server's platform cannot watch a client's socket (manual 19.3.1); the next runner's terminate remains.
    if (!(error instanceof DatabaseError) || error.sqlstate !== '22023') throw error;
    const plain = settings();
    await work.query(plain.ofWork.join('; '));
    return plain;
  }
}
