// importNatively: modules that Node loads by itself, so that no loader of ours has to be there.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Whether Node takes the file for an ES module in JavaScript (Node manual, "Determining module system"). */
export function isNativeModule(file: string): boolean {
  const extension = extname(file);
  return extension === '.mjs' || (extension === '.js' && packageTypeOf(dirname(file)) === 'module');
}

/** Of the nearest package.json; null where that says nothing. Throws an Error for one that is not JSON, as Node does. */
function packageTypeOf(folder: string): string | null {
  try {
    const { type } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { type?: string };
    return type ?? null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    const above = dirname(folder);
    return above === folder ? null : packageTypeOf(above);
  }
}

/** Throws what the module throws, or what Node throws for what it cannot find or read. */
export function importNatively(file: string): Promise<Readonly<Record<string, unknown>>> {
  return import(pathToFileURL(file).href);
}

/** By file and package: one package is asked for in several parts, and each search goes through its `package.json`. */
const shared = new Map<string, boolean>();

function isShared(file: string, specifier: string): boolean {
  const [ours, theirs] = [import.meta.url, file].map((from) => createRequire(from).resolve(specifier));
  return ours === theirs;
}

/** `@mikro-orm/core` of `@mikro-orm/core/decorators`. */
function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/**
 * Imports a package that the file would get the same copy of, as installations mostly are; null where its copy is another
 * one. Where `require` leads both to one file, `import` leads both to one file as well. Throws where it leads one nowhere.
 */
export async function importShared(file: string, specifier: string): Promise<unknown> {
  const key = JSON.stringify([file, packageOf(specifier)]);
  const known = shared.get(key) ?? isShared(file, specifier);
  shared.set(key, known);
  return known ? import(specifier) : null;
}
