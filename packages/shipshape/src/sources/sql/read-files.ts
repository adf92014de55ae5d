// readFiles: the files of a schema, cut into statements, without what only psql understands.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { findFiles } from '../../code/glob.ts';
import { lineBreaksBefore, parseStatements } from '../../postgres/parse-statements.ts';
import type { Statement } from '../../postgres/statement.ts';
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';

export interface SqlFile {
  /** Relative to the project, as people click it. */
  readonly file: string;
  readonly text: string;
  readonly statements: readonly Statement[];
}

const isSql = (name: string): boolean => /\.(sql|ddl|pgsql)$/i.test(name);

/**
 * `patterns`: files, folders (with their sub-folders) and patterns, relative to `root`. Throws ShipshapeError (exit 2):
 * `models-not-found`, and every `schema-sql-syntax` at once.
 */
export async function readFiles(root: string, patterns: readonly string[]): Promise<readonly SqlFile[]> {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    const found = findSql(root, pattern);
    if (found.length === 0)
      throw new ShipshapeError([makeFinding('models-not-found', { source: 'sql', pattern, root })]);
    for (const path of found) paths.add(path);
  }
  const files: SqlFile[] = [];
  const faults: Finding[] = [];
  for (const path of paths) {
    const file = relative(root, path).split(sep).join('/');
    const text = withoutPsql(readFileSync(path, 'utf8'));
    const statements = await parseStatements(text);
    if (!('message' in statements)) files.push({ file, text, statements });
    else {
      const line = lineBreaksBefore(text, statements.at) + 1;
      const data = { place: `${file}:${line}`, message: statements.message };
      faults.push(makeFinding('schema-sql-syntax', data, { origin: { file, line } }));
    }
  }
  const [first, ...rest] = faults;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return files;
}

function findSql(root: string, pattern: string): readonly string[] {
  const path = resolve(root, pattern);
  if (!existsSync(path) || !statSync(path).isDirectory()) return findFiles(root, pattern, isSql);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSql(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/**
 * Commands of psql (`\connect`, `\restrict` of pg_dump) and the rows behind COPY … FROM stdin are no SQL. Their lines are
 * left empty, so that all others keep their numbers.
 */
function withoutPsql(text: string): string {
  let inRows = false;
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => {
      if (inRows) {
        inRows = line.trimEnd() !== '\\.';
        return '';
      }
      if (/^COPY\s.*\sFROM\s+stdin\b.*;\s*$/i.test(line)) {
        inRows = true;
        return '';
      }
      return /^\\[a-z!?]/i.test(line) ? '' : line;
    })
    .join('\n');
}
