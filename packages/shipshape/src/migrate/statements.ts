// readStatements: a migration's text cut into statements by PostgreSQL's own parser, and what each of them does.
import { lineBreaksBefore, parseStatements } from '../postgres/parse-statements.ts';
import { type ByKind, type Statement, tell } from '../postgres/statement.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { changesOf } from './changes-of.ts';
import { foreignWord } from './foreign-word.ts';
import type { Migration } from './migration.ts';
import { displayPlace, placeOf } from './place.ts';
import { outsideOf } from './refuse-statement.ts';
import type { ParsedStatement } from './told-statement.ts';

/**
 * Loads the parser on first use (a quarter of a second): call it only when something is pending.
 * Throws ShipshapeError `migration-syntax` (exit 2) with the line.
 */
export async function readStatements(migration: Migration): Promise<readonly ParsedStatement[]> {
  const parsed = await parseStatements(migration.sql);
  if (!('message' in parsed)) return parsed.map(withDeeds);
  const { message, at } = parsed;
  const line = lineBreaksBefore(migration.sql, at) + 1;
  const data = {
    migration: migration.id,
    place: displayPlace(migration, line),
    message,
    foreign: foreignWord(migration.sql, at),
  };
  throw new ShipshapeError([makeFinding('migration-syntax', data, placeOf(migration, line))]);
}

function withDeeds(statement: Statement): ParsedStatement {
  const keepsPrepared = tell(mayPrepare, statement.node) !== true;
  return { ...statement, changes: changesOf(statement), outside: outsideOf(statement), keepsPrepared };
}

const mayPrepare: ByKind<true> = {
  PrepareStmt: () => true,
  DeallocateStmt: () => true,
  DiscardStmt: () => true,
  ExecuteStmt: () => true,
  DoStmt: () => true,
  CallStmt: () => true,
  SelectStmt: () => true,
};
