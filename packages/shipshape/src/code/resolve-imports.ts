// resolveImports: imports that only the project's compiler can follow are written out as the files they lead to.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Files } from './files.ts';
import type { TypeScript } from './typescript.ts';

/** Where Node would find a module from that file: a path or URL, be there something or not; undefined for nothing. */
export type Resolve = (specifier: string, from: string) => string | undefined;

/**
 * `imports` of package.json that name files of a build that is not there, workspace packages of which only the `types`
 * are TypeScript, conditions that a tsconfig adds. What Node finds stays as it is. Lines stay where they are.
 */
export function resolveImports(
  typescript: TypeScript,
  files: Files,
  file: string,
  text: string,
  resolve: Resolve,
): string {
  const { importedFiles } = typescript.preProcessFile(text, true, true);
  let resolved = text;
  for (const { fileName: specifier, pos, end } of [...importedFiles].reverse()) {
    if (isLeft(specifier) || isThere(resolve(specifier, file))) continue;
    const own = files.resolve(specifier, file);
    if (own === null) continue;
    const before = resolved.slice(0, pos);
    const quoted = resolved.slice(pos, end + 2);
    const at = quoted.indexOf(specifier);
    if (at !== -1)
      resolved = `${before}${quoted.slice(0, at)}${own}${resolved.slice(pos + at + specifier.length)}`;
  }
  return resolved;
}

/**
 * Whether Node finds all that JavaScript made by jiti imports: its imports are calls. A text that only looks like one
 * means that TypeScript is asked, which knows better.
 */
export function findsAllImports(code: string, file: string, resolve: Resolve): boolean {
  const calls = code.matchAll(/\b(?:require|jitiImport)\(\s*(["'])(.*?)\1/g);
  for (const [, , specifier = ''] of calls)
    if (!isLeft(specifier) && !isThere(resolve(specifier, file))) return false;
  return true;
}

/** A path, or a module of Node: no compiler leads it elsewhere. */
function isLeft(specifier: string): boolean {
  return /^(\.{0,2}\/|node:)/.test(specifier);
}

function isThere(found: string | undefined): boolean {
  if (found === undefined) return false;
  return /^(node|data):/.test(found) || existsSync(found.startsWith('file:') ? fileURLToPath(found) : found);
}
