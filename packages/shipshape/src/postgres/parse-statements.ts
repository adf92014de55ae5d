// parseStatements: SQL text cut into statements by PostgreSQL's own parser.
import { loadParser } from './parser.ts';
import type { Statement } from './statement.ts';

/** What the parser refused. */
export interface SyntaxFault {
  readonly message: string;
  /** 0-based, in characters. */
  readonly at: number;
}

/** Lines count from 1 at the text's beginning. Loads the parser on first use (a quarter of a second). */
export async function parseStatements(text: string): Promise<readonly Statement[] | SyntaxFault> {
  const { hasSqlDetails, parse } = loadParser();
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
      return [{ text: bytes.subarray(start, end).toString('utf8').trimEnd(), line, node: stmt, start }];
    });
  } catch (error) {
    if (!hasSqlDetails(error)) throw error;
    return { message: error.message, at: error.sqlDetails?.cursorPosition ?? 0 };
  }
}

/** How many line breaks stand before a character, counted in characters as PostgreSQL does, not in UTF-16 units. */
export function lineBreaksBefore(text: string, characters: number): number {
  return Array.from(text)
    .slice(0, characters)
    .filter((character) => character === '\n').length;
}

function lineBreaksIn(bytes: Buffer): number {
  let count = 0;
  for (const byte of bytes) if (byte === 0x0a) count++;
  return count;
}
