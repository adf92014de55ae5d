// readScripts: the files of a schema, with what they include, in the order in which psql would send them.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { findFiles } from '../../code/glob.ts';
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import { judgeCommand } from './judge-command.ts';
import { isOfSchema } from './left-out.ts';
import type { PsqlCommand } from './psql-commands.ts';
import { type ReadFile, readFile } from './read-file.ts';
import type { Script, SqlFile, Step } from './scripts.ts';
import { isSetting } from './settings.ts';

const isSql = (name: string): boolean => /\.(sql|ddl|pgsql)$/i.test(name);

/**
 * `patterns`: files, folders (with their sub-folders) and patterns, relative to `root`. A file that another one includes
 * (`\i`, `\ir`) is read where it is included, and only there. Throws ShipshapeError (exit 2): `models-not-found`, and
 * every `schema-sql-syntax` and `schema-sql-psql` at once.
 */
export async function readScripts(root: string, patterns: readonly string[]): Promise<readonly Script[]> {
  const files = new Map<string, ReadFile>();
  const included = new Set<string>();
  const faults = new Map<string, Finding>();
  const scripts = new Map<string, Script>();
  for (const path of findPaths(root, patterns)) {
    const steps: Step[] = [];
    await follow(path, [], steps);
    scripts.set(path, { steps });
  }
  const [first, ...rest] = faults.values();
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return [...scripts].filter(([path]) => !included.has(path)).map(([, script]) => script);

  /** `outer`: the files that are open around it. */
  async function follow(path: string, outer: readonly string[], steps: Step[]): Promise<void> {
    const file = files.get(path) ?? (await readFile(path, relative(root, path).split(sep).join('/')));
    files.set(path, file);
    if (file.fault !== null) faults.set(path, file.fault);
    for (const item of file.items) {
      if ('statement' in item) {
        steps.push({ in: file.in, statement: item.statement });
        continue;
      }
      const judged = judgeCommand(item, steps.some(makesSomething));
      if (judged.kind === 'refused') refuse(file.in, item.command, judged.because);
      if (judged.kind !== 'include') continue;
      const other = resolve(judged.from === 'file' ? dirname(path) : root, judged.path);
      if (!existsSync(other) || !statSync(other).isFile())
        refuse(file.in, item.command, `${judged.path} is not there`);
      else if ([...outer, path].includes(other))
        refuse(file.in, item.command, `${judged.path} includes this file`);
      else {
        included.add(other);
        await follow(other, [...outer, path], steps);
      }
    }
  }

  function refuse({ file }: SqlFile, { name, rest, line }: PsqlCommand, because: string): void {
    const data = { place: `${file}:${line}`, command: `\\${name} ${rest}`.trim(), because };
    const fault = makeFinding('schema-sql-psql', data, { origin: { file, line } });
    faults.set(`${data.place} ${name}`, fault);
  }
}

function makesSomething({ statement }: Step): boolean {
  return isOfSchema(statement) && !isSetting(statement);
}

function findPaths(root: string, patterns: readonly string[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    const found = findSql(root, pattern);
    if (found.length === 0)
      throw new ShipshapeError([makeFinding('models-not-found', { source: 'sql', pattern, root })]);
    for (const path of found) paths.add(path);
  }
  return paths;
}

function findSql(root: string, pattern: string): readonly string[] {
  const path = resolve(root, pattern);
  if (!existsSync(path) || !statSync(path).isDirectory()) return findFiles(root, pattern, isSql);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSql(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
