// readStatements: a migration's text cut into statements by PostgreSQL's own parser.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { foreignWord } from './foreign-word.ts';
import type { Migration } from './migration.ts';
import { displayPlace, lineBreaksBefore, placeOf } from './place.ts';
import type { Statement } from './statement.ts';

/** What the parser refused. */
export interface SyntaxFault {
  readonly message: string;
  /** 0-based, in characters. */
  readonly at: number;
}

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

/** Lines count from 1 at the text's beginning. */
export async function parseStatements(text: string): Promise<readonly Statement[] | SyntaxFault> {
  const { hasSqlDetails, parse } = await import('libpg-query');
  if (text.trim() === '') return [];
  const bytes = Buffer.from(text);
  try {
    const { stmts = [] } = await parse(text);
    // The tree counts in bytes (the error below in characters), and a length of nothing is "up to the end".
    let line = 1;
    let counted = 0;
    return stmts.flatMap(({ stmt, stmt_location: start = 0, stmt_len: length }) => {
      if (stmt === undefined) return [];
      line += lineBreaksIn(bytes.subarray(counted, start));
      counted = start;
      const end = length === undefined || length === 0 ? bytes.length : start + length;
      return [{ text: bytes.subarray(start, end).toString('utf8').trimEnd(), line, node: stmt }];
    });
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return { message: error.message, at: error.sqlDetails?.cursorPosition ?? 0 };
  }
}

function lineBreaksIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0x0a) count++;
  return count;
}
