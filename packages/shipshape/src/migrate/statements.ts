// readStatements: a migration's text cut into statements by PostgreSQL's own parser.
import { lineBreaksBefore, parseStatements } from '../postgres/parse-statements.ts';
import type { Statement } from '../postgres/statement.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { foreignWord } from './foreign-word.ts';
import type { Migration } from './migration.ts';
import { displayPlace, placeOf } from './place.ts';

/**
 * Loads the parser on first use (a quarter of a second): call it only when something is pending.
 * Throws ShipshapeError `migration-syntax` (exit 2) with the line.
 */
export async function readStatements(migration: Migration): Promise<readonly Statement[]> {
  const parsed = await parseStatements(migration.sql);
  if (!('message' in parsed)) return parsed;
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
