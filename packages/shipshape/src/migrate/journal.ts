// The journal: which steps of a migration that is not one transaction are begun and done.
import type { MigrationId } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';

/** A row of `shipshape.step`. */
export interface JournalStep {
  /** 0-based, in the order of the file. */
  readonly position: number;
  readonly state: 'started' | 'done';
  /** Of the file when the step began: a file edited between two attempts is another migration. */
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
