// onEmptyCopy: the text of a CREATE INDEX CONCURRENTLY as it is run on an empty copy of its table.
import type { IndexStmt } from 'libpg-query';
import { loadParser } from '../../postgres/parser.ts';
import type { Statement } from '../../postgres/statement.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Without CONCURRENTLY, and with `copy` in the place of the table; the rest byte for byte. Where the words stand is told
 * by PostgreSQL's own lexer and by the tree. Null where they are not found.
 */
export async function onEmptyCopy(
  { text, start }: Statement,
  { relation }: IndexStmt,
  copy: string,
): Promise<string | null> {
  const { tokens } = await loadParser().scan(text);
  // A reserved word that is no name: the first of it is the clause.
  const clause = tokens.find((token) => token.keywordKind !== 0 && /^concurrently$/i.test(token.text));
  const from = tokens.findIndex((token) => token.start === (relation?.location ?? -1) - start);
  if (clause === undefined || from === -1) return null;
  let to = from;
  while (tokens[to + 1]?.text === '.') to += 2;
  const [first, last] = [tokens[from], tokens[to]];
  if (first === undefined || last === undefined) return null;
  const bytes = Buffer.from(text);
  const spans: readonly (Span & { readonly by: string })[] = [
    { start: clause.start, end: clause.end, by: '' },
    { start: first.start, end: last.end, by: copy },
  ];
  let made = '';
  let read = 0;
  for (const { start: begin, end, by } of spans) {
    made += bytes.subarray(read, begin).toString('utf8') + by;
    read = end;
  }
  return made + bytes.subarray(read).toString('utf8');
}
