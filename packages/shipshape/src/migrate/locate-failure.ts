// locateFailure: the line of a file that the server refused.
import type { DatabaseError } from '../postgres/database-error.ts';
import { lineBreaksBefore, parseStatements } from '../postgres/parse-statements.ts';
import type { ForeignWord } from '../report/codes/migration.ts';
import { foreignWord } from './foreign-word.ts';
import type { Piece } from './migration.ts';

export interface Failure {
  /** 1-based; null where the server says nothing of where it was, and the text cannot be parsed. */
  readonly line: number | null;
  readonly foreign: ForeignWord | null;
}

/** Wrong syntax, a type or a name that is not there. */
const ofWords = new Set(['42601', '42704']);

/** The word that the server points at, or else the first of the statement that failed among those of the text. */
export async function locateFailure(piece: Piece, error: DatabaseError): Promise<Failure> {
  const { position, completed, sqlstate } = error;
  if (position !== null)
    return {
      line: piece.line + lineBreaksBefore(piece.text, position - 1),
      foreign: ofWords.has(sqlstate) ? foreignWord(piece.text, position - 1) : null,
    };
  const statements = await parseStatements(piece.text);
  const line = 'message' in statements ? undefined : statements[completed]?.line;
  return { line: line === undefined ? null : piece.line + line - 1, foreign: null };
}
