// readBegun: what is done of migrations that are not applied whole.
import type { MigrationId } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';

export interface Begun {
  /** '' for the database's own; else the tenant's schema. */
  readonly scope: string;
  readonly migration: MigrationId;
  /** Steps. */
  readonly done: number;
  /** Begun and not done: under way, or cut off. */
  readonly open: number;
  /** Changed by a backfill. */
  readonly rows: string;
  /** ISO 8601, server clock. */
  readonly since: string;
}

/** Nothing where the journal is not made yet, or may not be read by this role. Reads only. */
export async function readBegun(
  session: Session,
  scopes: readonly string[] = [''],
): Promise<readonly Begun[]> {
  if (!(await isJournalReadable(session))) return [];
  const { rows } = await session.query<Begun>(
    `SELECT scope, migration, (count(*) FILTER (WHERE state = 'done'))::int AS done,
       (count(*) FILTER (WHERE state = 'started' AND expects IS DISTINCT FROM '{"cleared": true}'))::int AS open,
       sum(rows)::text AS rows,
       to_char(min(started_at) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since
     FROM shipshape.step s
     WHERE scope = ANY ($1) AND NOT EXISTS (SELECT FROM shipshape.ledger l WHERE l.scope = s.scope AND l.id = s.migration)
     GROUP BY scope, migration ORDER BY scope, migration`,
    [scopes],
  );
  return rows;
}

export async function isJournalReadable(session: Session): Promise<boolean> {
  const { rows } = await session.query<{ readable: boolean }>(
    "SELECT coalesce(has_table_privilege(to_regclass('shipshape.step'), 'SELECT'), false) AS readable",
  );
  return rows[0]?.readable === true;
}
