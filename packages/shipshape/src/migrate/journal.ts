// The journal: which steps of a migration that is not one transaction are begun and done.
import { createHash } from 'node:crypto';
import type { MigrationId } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';
import type { Statement } from '../postgres/statement.ts';
import type { Scene } from './scene.ts';

/** A row of `shipshape.step`. */
export interface JournalStep {
  /** 0-based, in the order of the file. */
  readonly position: number;
  readonly state: 'started' | 'done';
  /** `sha256:<hex>` of the statement when the step began: what is begun may not be edited, what is to come may. */
  readonly checksum: string;
  /** How the step is recognised afterwards; null where its row is written in its own transaction. */
  readonly expects: unknown;
  /** How far a backfill came: the last key done, as text, of this pass; null at the beginning of one. */
  readonly cursor: string | null;
  /** 1-based, of a backfill. */
  readonly pass: number;
  /** What a backfill changed so far. */
  readonly rows: string;
  /** 1 when it was begun once. */
  readonly attempts: number;
  /** ISO 8601, server clock. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

/** In the order of the file. Reads only. */
export async function readJournal(
  session: Session,
  scope: string,
  migration: MigrationId,
): Promise<readonly JournalStep[]> {
  const { rows } = await session.query<JournalStep>(
    `SELECT position, state, checksum, expects, cursor, pass, rows::text, attempts,
       to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "startedAt",
       to_char(finished_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "finishedAt"
     FROM shipshape.step WHERE scope = $1 AND migration = $2 ORDER BY position`,
    [scope, migration],
  );
  return rows;
}

export function checksumOf({ text }: Statement): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

/** What a step has come to. */
export interface Mark {
  readonly migration: MigrationId;
  readonly position: number;
  readonly checksum: string;
  readonly state: 'started' | 'done';
  readonly expects: unknown;
  /** One more attempt than the row knows of. */
  readonly again: boolean;
}

/** In the transaction that `work` is in. */
export async function writeMark({ runner, lock }: Scene, mark: Mark): Promise<void> {
  const { migration, position, checksum, state, expects, again } = mark;
  await runner.work.query(
    `INSERT INTO shipshape.step AS s
       (scope, migration, position, checksum, state, expects, finished_at, runner, run_id, token)
     VALUES ($1, $2, $3, $4, $5, $6::jsonb, ${finished}, $7, $8, $9::bigint)
     ON CONFLICT (scope, migration, position) DO UPDATE SET
       checksum = excluded.checksum, state = excluded.state, expects = excluded.expects,
       attempts = s.attempts + CASE WHEN $10 THEN 1 ELSE 0 END,
       started_at = CASE WHEN $10 THEN excluded.started_at ELSE s.started_at END,
       finished_at = excluded.finished_at, runner = excluded.runner, run_id = excluded.run_id, token = excluded.token`,
    [
      runner.scope,
      migration,
      position,
      checksum,
      state,
      expects === null ? null : JSON.stringify(expects),
      runner.name,
      runner.id,
      lock.token,
      again,
    ],
  );
}

const finished = "CASE WHEN $5 = 'done' THEN clock_timestamp() END";

/** Whether this very run has brought a step there. */
export async function readOwnMark(
  session: Session,
  { id, scope }: { readonly id: string; readonly scope: string },
  { migration, position, state }: Pick<Mark, 'migration' | 'position' | 'state'>,
): Promise<boolean> {
  const { rows } = await session.query(
    `SELECT FROM shipshape.step WHERE scope = $1 AND migration = $2 AND position = $3 AND state = $4 AND run_id = $5`,
    [scope, migration, position, state, id],
  );
  return rows.length === 1;
}

/** Of an attempt that failed and left nothing behind. Asked on `beat`: it has to come through when a run is interrupted. */
export async function markCleared(
  { runner, lock }: Scene,
  { migration, position }: Pick<Mark, 'migration' | 'position'>,
): Promise<void> {
  await runner.beat.query(
    `UPDATE shipshape.step SET expects = '{"cleared": true}'
     WHERE scope = $1 AND migration = $2 AND position = $3 AND state = 'started' AND token = $4::bigint`,
    [runner.scope, migration, position, lock.token],
  );
}

/** Begun, and nothing is left of it: it may be edited, and begins anew. */
export function isCleared({ state, expects }: JournalStep): boolean {
  return state === 'started' && (expects as { readonly cleared?: boolean } | null)?.cleared === true;
}
