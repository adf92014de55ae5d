// The source files of a tree, with what each imports.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import ts from 'typescript';

export interface SourceFile {
  /** Relative to the tree's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  /** Module specifiers as written. */
  readonly imports: readonly string[];
}

export function readSources(root: string): readonly SourceFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      return {
        path: relative(root, file).split(sep).join('/'),
        text,
        lines: text.split('\n').length - 1,
        imports: ts.preProcessFile(text, true, true).importedFiles.map((each) => each.fileName),
      };
    });
}

/** The file inside the tree that a relative specifier names, or null for a package. */
export function resolveInTree(from: string, specifier: string): string | null {
  return specifier.startsWith('.') ? posix.join(dirname(from), specifier) : null;
}

/** The longest room whose folder (or file) holds the path. */
export function roomOf(path: string, rooms: readonly string[]): string | null {
  const holding = rooms.filter((room) => path === room || path.startsWith(`${room}/`));
  return holding.sort((a, b) => b.length - a.length)[0] ?? null;
}
