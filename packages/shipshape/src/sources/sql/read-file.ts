// readFile: one file of SQL, as the statements and commands that psql would find in it.
import { readFileSync } from 'node:fs';
import { lineBreaksBefore, parseStatements } from '../../postgres/parse-statements.ts';
import type { Statement } from '../../postgres/statement.ts';
import { type Finding, makeFinding } from '../../report/index.ts';
import { type PsqlCommand, takePsqlCommands } from './psql-commands.ts';
import type { SqlFile } from './scripts.ts';

export interface CommandItem {
  readonly command: PsqlCommand;
  /** It stands between the words of a statement. */
  readonly within: boolean;
}

/** In the order of the file. */
export type Item = { readonly statement: Statement } | CommandItem;

export interface ReadFile {
  readonly in: SqlFile;
  readonly items: readonly Item[];
  /** `schema-sql-syntax`, when it cannot be read. */
  readonly fault: Finding | null;
}

/** `file`: the name to tell people. */
export async function readFile(path: string, file: string): Promise<ReadFile> {
  const bytes = readFileSync(path);
  const source = decode(bytes);
  if ('problem' in source) return refuse('', 1, source.problem);
  const { text, commands } = takePsqlCommands(source.text);
  const statements = await parseStatements(text);
  if ('message' in statements)
    return {
      ...refuse(text, lineBreaksBefore(text, statements.at) + 1, statements.message),
      items: merge(text, [], commands),
    };
  return { in: { file, text }, items: merge(text, statements, commands), fault: null };

  function refuse(text: string, line: number, message: string): ReadFile {
    const data = { place: `${file}:${line}`, message };
    const fault = makeFinding('schema-sql-syntax', data, { origin: { file, line } });
    return { in: { file, text }, items: [], fault };
  }
}

/** `pg_dump -Fc`, and what a shell of Windows writes, are no text that PostgreSQL's parser could judge. */
function decode(bytes: Buffer): { readonly text: string } | { readonly problem: string } {
  if (bytes.subarray(0, 5).toString('latin1') === 'PGDMP')
    return { problem: 'this is an archive of pg_dump; pg_restore -f schema.sql makes SQL of it' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { problem: 'this is not text in UTF-8; save it in that encoding' };
  }
}

function merge(
  text: string,
  statements: readonly Statement[],
  commands: readonly PsqlCommand[],
): readonly Item[] {
  const items: Item[] = [];
  let next = 0;
  for (const command of commands) {
    const at = Buffer.byteLength(text.slice(0, command.at));
    for (let statement = statements[next]; statement !== undefined && statement.start < at; ) {
      items.push({ statement });
      statement = statements[++next];
    }
    const last = statements[next - 1];
    const within = last !== undefined && last.start + Buffer.byteLength(last.text) > at;
    items.push({ command, within });
  }
  return [...items, ...statements.slice(next).map((statement) => ({ statement }))];
}
