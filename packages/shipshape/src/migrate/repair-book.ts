// repairBook: a repair as migrations that leave their trace in the journal and no row in the ledger.
import { checksum } from '../catalog/index.ts';
import type { Session } from '../postgres/session.ts';
import type { Book, BookEntry } from './book.ts';
import { plainHeader } from './header.ts';
import type { Migration } from './migration.ts';
import { notItsTransaction } from './not-its-transaction.ts';
import { isJournalReadable } from './read-begun.ts';

/** One transaction, or statements that commit by themselves. */
export interface RepairPart {
  /** Without semicolons. */
  readonly statements: readonly string[];
  readonly apart: boolean;
}

/** Behind a row of the journal: `repair 3f9c01aa`. */
export interface KnownRepair {
  readonly name: string;
  /** As `makeRepairBook` was given it. */
  readonly content: unknown;
  /** ISO 8601, server clock. */
  readonly startedAt: string;
}

export interface Repairs {
  /** How many were finished or given up: the next one is another, even where it does the same. */
  readonly ended: number;
  /** At most one: who begins another gives it up. */
  readonly begun: KnownRepair | null;
}

const idOf = (name: string): string => `repair ${name}`;
const partOf = ({ id }: Migration): number => Number(id.slice(id.lastIndexOf('/') + 1));

/** The first one makes nothing: with it the plan is written down. */
export function makeRepairMigrations(name: string, parts: readonly RepairPart[]): readonly Migration[] {
  return [{ statements: [], apart: false }, ...parts].map(({ statements, apart }, at): Migration => {
    const sql = statements.map((statement) => `${statement};\n`).join('');
    return {
      id: `${idOf(name)}/${at}`,
      file: idOf(name),
      checksum: checksum(sql),
      sql,
      rule: apart ? 'each statement' : 'each file',
      header: plainHeader,
    };
  });
}

export function isFirstOfRepair(id: string): boolean {
  return id.endsWith('/0');
}

/** `content` is what has to be known to go on with it; JSON. */
export function makeRepairBook(name: string, content: unknown, parts: number): Book {
  const id = idOf(name);
  return {
    inLedger: false,
    async readHistory(session, migrations, scope) {
      const done = await readDone(session, scope, id);
      const pending = migrations.filter((each) => !done.has(partOf(each)));
      return { applied: [], pending, ledgerFound: true, foreign: null };
    },
    enter: async () => undefined,
    async write(session, entry) {
      const part = partOf(entry.migration);
      const { rowCount } = await session.query(part === 0 ? begin : end, [
        entry.scope,
        id,
        part,
        entry.migration.checksum,
        entry.runner,
        entry.runId,
        entry.token,
        entry.xid,
        part === 0 ? JSON.stringify(content) : part === parts,
      ]);
      if (rowCount !== 1) throw notItsTransaction();
    },
    async wasWritten(session, { scope, migration, runId }: BookEntry) {
      const { rows } = await session.query(
        'SELECT FROM shipshape.step WHERE scope = $1 AND migration = $2 AND position = $3 AND run_id = $4',
        [scope, id, partOf(migration), runId],
      );
      return rows.length === 1;
    },
  };
}

const columns = 'scope, migration, position, checksum, state, expects, finished_at, runner, run_id, token';
const sameTransaction = 'pg_current_xact_id_if_assigned()::text = $8';
const aRepair = "migration ~ '^repair [0-9a-f]{8}$' AND position = 0";

/** Another one that was begun is given up: its end stays unknown. */
const begin = `WITH given_up AS (
    UPDATE shipshape.step SET state = 'done'
    WHERE scope = $1 AND ${aRepair} AND state = 'started' AND ${sameTransaction})
  INSERT INTO shipshape.step (${columns})
  SELECT $1, $2, $3::int, $4, 'started', $9::jsonb, NULL, $5, $6, $7::bigint WHERE ${sameTransaction}`;

const end = `WITH whole AS (
    UPDATE shipshape.step SET state = 'done', finished_at = clock_timestamp()
    WHERE scope = $1 AND migration = $2 AND position = 0 AND $9::boolean AND ${sameTransaction})
  INSERT INTO shipshape.step (${columns})
  SELECT $1, $2, $3::int, $4, 'done', NULL, clock_timestamp(), $5, $6, $7::bigint WHERE ${sameTransaction}`;

async function readDone(session: Session, scope: string, id: string): Promise<ReadonlySet<number>> {
  if (!(await isJournalReadable(session))) return new Set();
  const { rows } = await session.query<{ position: number }>(
    'SELECT position FROM shipshape.step WHERE scope = $1 AND migration = $2',
    [scope, id],
  );
  return new Set(rows.map(({ position }) => position));
}

/** Nothing where the journal is not made yet, or may not be read by this role. Reads only. */
export async function readRepairs(session: Session, scope = ''): Promise<Repairs> {
  if (!(await isJournalReadable(session))) return { ended: 0, begun: null };
  const { rows } = await session.query<KnownRepair & { readonly state: string }>(
    `SELECT substr(migration, 8) AS name, state, expects AS content,
       to_char(started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "startedAt"
     FROM shipshape.step WHERE scope = $1 AND ${aRepair} ORDER BY started_at`,
    [scope],
  );
  const begun = rows.find(({ state }) => state === 'started');
  return {
    ended: rows.filter(({ state }) => state === 'done').length,
    begun:
      begun === undefined ? null : { name: begun.name, content: begun.content, startedAt: begun.startedAt },
  };
}
