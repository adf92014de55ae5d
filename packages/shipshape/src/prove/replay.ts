// replay: the migrations run in their tool's order on an empty scratch database, with what each of them made.
import type { Catalog, MigrationId, Provenance, SealedTables } from '../catalog/index.ts';
import type { Folder } from '../migrate/folder.ts';
import type { TransactionRule } from '../migrate/migration.ts';
import { displayPlace } from '../migrate/place.ts';
import { prepare } from '../migrate/prepare.ts';
import type { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import { type Finding, makeFinding, type ShipshapeError } from '../report/index.ts';
import { type FollowedHistory, followHistory } from './follow-history.ts';
import { readNow } from './history.ts';
import { isForTheTransaction, runFile } from './run-file.ts';

export interface Replay {
  /** What all migrations together build. */
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  /** What each migration of ours had made of the tables that it changed. */
  readonly made: ReadonlyMap<MigrationId, SealedTables>;
  /** Major version of the server that judged: 18. */
  readonly postgres: number;
  /** What is to be said of how they ran. None is an error. */
  readonly findings: readonly Finding[];
}

/** Finds out which migration made what. */
export type BeginHistory = typeof followHistory;

/**
 * Throws ShipshapeError `migration-does-not-apply` for the first statement that fails; nothing behind it is run. Files
 * of ours that the runner would refuse are refused before anything is run, with the runner's own findings.
 * `ownSchemas`: those that the models declare tables in, read even where they bear the name of a library's.
 */
export async function replay(
  folder: Folder,
  database: Session & { readonly target: Target },
  ownSchemas: readonly string[],
  begin: BeginHistory = followHistory,
): Promise<Replay> {
  const ours = folder.format === 'shipshape';
  const ready = ours ? await readied(folder, database.serverVersion) : folder;
  const history = await begin(database, ownSchemas, ours);
  try {
    const findings = await runByRule(ready, database, history);
    const { catalog, server } = await readNow(database, ownSchemas);
    const { provenance, made } = history;
    return { catalog, provenance, made, postgres: server.major, findings };
  } finally {
    await history.close();
  }
}

/** Each file by the rule that the runner applies it by. */
async function readied(folder: Folder, serverVersion: string): Promise<Folder> {
  const prepared = await prepare(folder.migrations, serverVersion);
  return { ...folder, migrations: prepared.map(({ migration }) => migration) };
}

async function runByRule(
  folder: Folder,
  session: Session,
  history: FollowedHistory,
): Promise<readonly Finding[]> {
  const asOne = folder.migrations.some(({ rule }) => rule === 'all files');
  try {
    await (asOne ? runAsOne : runEach)(folder, session, history);
    return [];
  } catch (error) {
    const unfit = asOne ? explainUnfit(folder, error) : null;
    if (unfit === null) throw error;
    history.restart();
    await runEach(folder, session, history, 'as it allows');
    return [unfit];
  }
}

async function runEach(
  folder: Folder,
  session: Session,
  history: FollowedHistory,
  instead?: TransactionRule,
): Promise<void> {
  for (const migration of folder.migrations) {
    await runFile(migration, session, instead ?? migration.rule, folder.orphans);
    // What a file sets for itself (search_path in a dump, a role, a temporary table) reaches the next one where the
    // tool has one session for all of them, and with our runner, Flyway or psql it does not.
    if (folder.format === 'shipshape' || folder.format === 'sql') {
      await session.query('ROLLBACK');
      await session.query('DISCARD ALL');
    }
    await history.note(migration.id);
  }
}

async function runAsOne(folder: Folder, session: Session, history: FollowedHistory): Promise<void> {
  await session.query('BEGIN');
  try {
    for (const migration of folder.migrations) {
      const part = await history.beginPart();
      await runFile(migration, session, 'all files', folder.orphans);
      await part.note(migration.id);
    }
    await session.query('COMMIT');
  } catch (error) {
    // The error says more than a ROLLBACK that fails: a connection that is gone rolls back by itself.
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** What one transaction for all forbids, and one for each file may not. */
function explainUnfit({ migrations, tool, command }: Folder, error: unknown): Finding | null {
  if (!isForTheTransaction(error)) return null;
  const { cause, findings } = error as ShipshapeError;
  const { sqlstate, message } = cause as DatabaseError;
  const [finding] = findings as [Finding];
  const migration = migrations.find(({ id }) => id === finding.migration);
  if (migration === undefined) return null;
  const place = displayPlace(migration, finding.origin?.line ?? null);
  const data = { tool: tool ?? 'the tool', command: command ?? 'the tool', place, message, sqlstate };
  return makeFinding('transaction-rule-unfit', data, { migration: migration.id });
}
