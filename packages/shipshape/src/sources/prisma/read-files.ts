// readFiles: the files of a Prisma schema.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { findFiles } from '../../code/glob.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { SchemaFile } from './schema.ts';

const isSchema = (name: string): boolean => name.endsWith('.prisma');

/**
 * `patterns`: files, folders (with their sub-folders, as Prisma reads them) and patterns, relative to `root`. Throws
 * ShipshapeError (`models-not-found`).
 */
export function readFiles(root: string, patterns: readonly string[]): readonly SchemaFile[] {
  const paths = new Set<string>();
  for (const pattern of patterns) {
    const found = find(root, pattern);
    if (found.length === 0)
      throw new ShipshapeError([makeFinding('models-not-found', { source: 'prisma', pattern, root })]);
    for (const path of found) paths.add(path);
  }
  return [...paths].map((path) => ({
    file: relative(root, path).split(sep).join('/'),
    text: readFileSync(path, 'utf8').replace(/^\uFEFF/, ''),
  }));
}

function find(root: string, pattern: string): readonly string[] {
  const path = resolve(root, pattern);
  if (!existsSync(path) || !statSync(path).isDirectory()) return findFiles(root, pattern, isSchema);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && isSchema(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((found) => !relative(path, found).split(sep).includes('node_modules'))
    .sort();
}
