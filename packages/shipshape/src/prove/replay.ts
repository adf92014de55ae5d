// replay: the migrations run in their tool's order on an empty scratch database, with what each of them made.
import type { Catalog, Provenance } from '../catalog/index.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Folder } from '../migrate/folder.ts';
import type { TransactionRule } from '../migrate/migration.ts';
import { displayPlace } from '../migrate/place.ts';
import { prepare } from '../migrate/prepare.ts';
import type { DatabaseError } from '../postgres/database-error.ts';
import type { Session } from '../postgres/session.ts';
import { type Finding, makeFinding, type ShipshapeError } from '../report/index.ts';
import { beginHistory, type History } from './history.ts';
import { isForTheTransaction, runFile } from './run-file.ts';

export interface Replay {
  /** What all migrations together build. */
  readonly catalog: Catalog;
  readonly provenance: Provenance;
  /** Major version of the server that judged: 18. */
  readonly postgres: number;
  /** What is to be said of how they ran. None is an error. */
  readonly findings: readonly Finding[];
}

/**
 * Throws ShipshapeError `migration-does-not-apply` for the first statement that fails; nothing behind it is run. Files
 * of ours that the runner would refuse are refused before anything is run, with the runner's own findings.
 * `ownSchemas`: those that the models declare tables in, read even where they bear the name of a library's.
 */
export async function replay(
  folder: Folder,
  session: Session,
  ownSchemas: readonly string[],
): Promise<Replay> {
  if (folder.format === 'shipshape') await prepare(folder.migrations);
  const { history, findings } = await runByRule(folder, session, ownSchemas);
  const { server } = await readCatalog(session, { tableNames: [] });
  const { catalog, provenance } = history;
  return { catalog, provenance, postgres: server.major, findings };
}

async function runByRule(
  folder: Folder,
  session: Session,
  ownSchemas: readonly string[],
): Promise<{ readonly history: History; readonly findings: readonly Finding[] }> {
  const asOne = folder.migrations.some(({ rule }) => rule === 'all files');
  if (!asOne) return { history: await runEach(folder, session, ownSchemas), findings: [] };
  try {
    return { history: await runAsOne(folder, session, ownSchemas), findings: [] };
  } catch (error) {
    const unfit = explainUnfit(folder, error);
    if (unfit === null) throw error;
    return { history: await runEach(folder, session, ownSchemas, 'as it allows'), findings: [unfit] };
  }
}

async function runEach(
  folder: Folder,
  session: Session,
  ownSchemas: readonly string[],
  instead?: TransactionRule,
): Promise<History> {
  const history = beginHistory(session, ownSchemas);
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
  return history;
}

async function runAsOne(folder: Folder, session: Session, ownSchemas: readonly string[]): Promise<History> {
  const history = beginHistory(session, ownSchemas);
  await session.query('BEGIN');
  try {
    for (const migration of folder.migrations) {
      await runFile(migration, session, 'all files', folder.orphans);
      await history.note(migration.id);
    }
    await session.query('COMMIT');
  } catch (error) {
    // The error says more than a ROLLBACK that fails: a connection that is gone rolls back by itself.
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
  return history;
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
