// Cursor: how far a backfill came, in its row of the journal.
import { createHash } from 'node:crypto';
import type { Session } from '../../postgres/session.ts';
import type { Backfill } from '../header.ts';
import type { JournalStep } from '../journal.ts';
import type { Migration } from '../migration.ts';
import type { Prepared } from '../prepared.ts';
import type { Scene } from '../scene.ts';

export interface Cursor {
  /** 1-based. */
  readonly pass: number;
  /** The last key done in this pass; null at its beginning. */
  readonly after: string | null;
  /** Where this pass ends: what is written behind that is the next one's. Null before it has begun. */
  readonly until: string | null;
  /** Changed in all. */
  readonly rows: bigint;
  /** Changed before this pass began. */
  readonly rowsBefore: bigint;
}

export const beginning: Cursor = { pass: 1, after: null, until: null, rows: 0n, rowsBefore: 0n };

interface Expects {
  readonly until: string | null;
  readonly rowsBefore: string;
}

export function cursorOf({ pass, cursor, rows, expects }: JournalStep): Cursor {
  const { until, rowsBefore } = expects as Expects;
  return { pass, after: cursor, until, rows: BigInt(rows), rowsBefore: BigInt(rowsBefore) };
}

/** Of what may not be edited once it is begun; the size of a batch may. */
export function checksumOfBackfill({ statements }: Prepared, { table, key }: Backfill): string {
  const text = JSON.stringify([statements[0]?.text, table, key]);
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

export interface CursorMark {
  readonly migration: Migration;
  readonly checksum: string;
  readonly cursor: Cursor;
  readonly state: 'started' | 'done';
  /** The first of a run that goes on with what another one began. */
  readonly again: boolean;
}

/** In the transaction that `work` is in. */
export async function writeCursor({ runner, lock }: Scene, mark: CursorMark): Promise<void> {
  const { migration, checksum, state, again } = mark;
  const { pass, after, until, rows, rowsBefore } = mark.cursor;
  const expects: Expects = { until, rowsBefore: String(rowsBefore) };
  await runner.work.query(
    `INSERT INTO shipshape.step AS s
       (scope, migration, position, checksum, state, expects, cursor, pass, rows, finished_at, runner, run_id, token)
     VALUES ($1, $2, 0, $3, $4, $5::jsonb, $6, $7, $8::bigint, CASE WHEN $4 = 'done' THEN clock_timestamp() END, $9, $10, $11::bigint)
     ON CONFLICT (scope, migration, position) DO UPDATE SET
       checksum = excluded.checksum, state = excluded.state, expects = excluded.expects, cursor = excluded.cursor,
       pass = excluded.pass, rows = excluded.rows, attempts = s.attempts + CASE WHEN $12 THEN 1 ELSE 0 END,
       finished_at = excluded.finished_at, runner = excluded.runner, run_id = excluded.run_id, token = excluded.token`,
    [
      runner.scope,
      migration.id,
      checksum,
      state,
      JSON.stringify(expects),
      after,
      pass,
      String(rows),
      runner.name,
      runner.id,
      lock.token,
      again,
    ],
  );
}

/** Whether this very run has come so far. */
export async function readOwnCursor(
  session: Session,
  { runner }: Scene,
  { migration, cursor }: CursorMark,
): Promise<boolean> {
  const { rows } = await session.query(
    `SELECT FROM shipshape.step WHERE scope = $1 AND migration = $2 AND position = 0 AND run_id = $3
       AND pass = $4 AND cursor IS NOT DISTINCT FROM $5 AND rows = $6::bigint`,
    [runner.scope, migration.id, runner.id, cursor.pass, cursor.after, String(cursor.rows)],
  );
  return rows.length === 1;
}
