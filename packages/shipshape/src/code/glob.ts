// Files by path, folder or pattern, as model files are named in a configuration.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, parse, resolve, sep } from 'node:path';

/**
 * The modules that a path means: a file, the files of a folder (not of its sub-folders), or a pattern with `*`, `**`,
 * `?`, `{a,b}` and `[abc]`. Relative to `root`; absolute, sorted. Declaration files and `node_modules` are left out.
 * `accepts`: which names of files count where a folder or a pattern is named; modules by default.
 */
export function findFiles(
  root: string,
  pattern: string,
  accepts: (name: string) => boolean = isModule,
): readonly string[] {
  const path = resolve(root, pattern);
  if (existsSync(path)) {
    if (statSync(path).isFile()) return [path];
    return readdirSync(path, { withFileTypes: true })
      .filter((entry) => entry.isFile() && accepts(entry.name))
      .map((entry) => join(path, entry.name))
      .sort();
  }
  const top = parse(path).root;
  const found = braces(path.slice(top.length)).flatMap((each) => walk(top, each.split(sep), accepts));
  return [...new Set(found)].sort();
}

function isModule(name: string): boolean {
  return /\.[cm]?[jt]sx?$/.test(name) && !/\.d\.[cm]?ts$/.test(name);
}

function walk(
  folder: string,
  segments: readonly string[],
  accepts: (name: string) => boolean,
): readonly string[] {
  const [segment, ...rest] = segments;
  if (segment === undefined || !existsSync(folder)) return [];
  if (!/[*?[]/.test(segment) && rest.length > 0) return walk(join(folder, segment), rest, accepts);
  // Hidden files and folders only when the pattern says the dot.
  const entries = readdirSync(folder, { withFileTypes: true }).filter(
    (entry) => !entry.name.startsWith('.') || segment.startsWith('.'),
  );
  const folders = entries.filter((entry) => entry.isDirectory() && entry.name !== 'node_modules');
  if (segment === '**') {
    const deeper = folders.flatMap((entry) => walk(join(folder, entry.name), segments, accepts));
    return [...walk(folder, rest.length === 0 ? ['*'] : rest, accepts), ...deeper];
  }
  const matches = matcher(segment);
  if (rest.length === 0)
    return entries
      .filter((entry) => entry.isFile() && matches.test(entry.name) && accepts(entry.name))
      .map((entry) => join(folder, entry.name));
  return folders
    .filter((entry) => matches.test(entry.name))
    .flatMap((entry) => walk(join(folder, entry.name), rest, accepts));
}

function matcher(segment: string): RegExp {
  const source = segment.replace(/\[[^\]]+\]|[*?]|[^[*?]+|\[/g, (part) => {
    if (part === '*') return '[^/]*';
    if (part === '?') return '[^/]';
    if (/^\[.+\]$/.test(part)) return part.replace(/^\[!/, '[^').replaceAll('\\', '\\\\');
    return part.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}

/** `a.{ts,js}` is `a.ts` and `a.js`. */
function braces(pattern: string): readonly string[] {
  const match = /^(.*?)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(pattern);
  if (match === null) return [pattern];
  const [, before = '', choices = '', after = ''] = match;
  return choices.split(',').flatMap((choice) => braces(`${before}${choice}${after}`));
}
