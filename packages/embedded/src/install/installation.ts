// A runnable PostgreSQL in the cache: binaries with their library links, and a template cluster to clone.
import { execFile } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { EmbeddedError, hasCode, renderThrown } from '../embedded-error.ts';
import { runInitdb } from '../server/initdb.ts';
import { readServerAccount } from '../system/account.ts';
import { makeFolder, readCachePlace } from '../system/places.ts';
import { publishFolder } from '../system/publish.ts';
import { chownTree, linkTree } from '../system/tree.ts';
import { type PlatformPackage, readPlatformPackage } from './package.ts';

export interface Installation {
  readonly bin: string;
  /** A cluster for scratch servers: superuser postgres, trust, no checksums. */
  readonly template: string;
  /** The folder whose `extension/` holds stand-ins for extensions that are not among those of PostgreSQL. */
  readonly standIns: string;
  /** Such as "18.4". */
  readonly version: string;
}

/** Raised when the content of a cached installation changes. */
const layout = 2;

/** 18 of "18.4". */
export function majorOf(version: string): number {
  return Number.parseInt(version, 10);
}

/**
 * `carrierFolder`: that of a package with binaries for this platform, where it is not our own.
 * @throws EmbeddedError
 */
export async function readInstallation(carrierFolder?: string): Promise<Installation> {
  const carrier = readPlatformPackage(carrierFolder);
  const name = `${basename(carrier.name)}-${carrier.version}-layout${layout}-uid${process.getuid?.()}`;
  const place = join(readCachePlace(), name);
  makeFolder(readCachePlace());
  await publishFolder(place, 0o755, (folder) => buildInstallation(carrier, folder));
  return {
    bin: join(place, 'bin'),
    template: join(place, 'template'),
    standIns: join(place, 'stand-ins'),
    version: readFileSync(join(place, 'version'), 'utf8'),
  };
}

async function buildInstallation(carrier: PlatformPackage, folder: string): Promise<void> {
  // A copy, because the server's account need not be able to read the checkout, and the package may be read-only.
  for (const part of ['bin', 'lib', 'share']) linkTree(join(carrier.native, part), join(folder, part));
  linkTree(fileURLToPath(new URL('../../stand-ins', import.meta.url)), join(folder, 'stand-ins'));
  hydrateLinks(carrier.native, folder);
  const version = await readVersion(join(folder, 'bin', 'postgres'));
  const template = join(folder, 'template');
  const major = majorOf(version);
  await runInitdb({ bin: join(folder, 'bin'), major }, template, [
    '--username=postgres',
    '--auth=trust',
    '--no-sync',
    // Without checksums unasked before PostgreSQL 18.
    ...(major >= 18 ? ['--no-data-checksums'] : []),
    '--wal-segsize=1',
  ]);
  // initdb ran as nobody, whose other processes must not reach into what is cloned later.
  if (process.getuid?.() === 0) chownTree(template, { uid: 0, gid: 0 });
  chmodSync(template, 0o700);
  writeFileSync(join(folder, 'version'), version);
}

/** npm packs no symbolic links: the package lists them for its install script, which we neither need nor trust to run. */
function hydrateLinks(native: string, folder: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    const link = join(folder, target.replace(/^native\//, ''));
    try {
      if (dirname(source) !== dirname(target))
        throw new Error(`${target} leads to another folder: ${source}`);
      symlinkSync(basename(source), link);
    } catch (thrown) {
      // The install script did run: its link was copied with the rest.
      if (!hasCode(thrown, 'EEXIST')) throw thrown;
    }
  }
}

/** Also the proof that the binary loads here, tried as the account that will serve. */
async function readVersion(postgres: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(postgres, ['--version'], {
      cwd: '/',
      env: {},
      ...readServerAccount(),
    });
    const version = /\(PostgreSQL\) (\S+)/.exec(stdout)?.[1];
    if (version === undefined) throw new Error(`it says ${JSON.stringify(stdout)}`);
    return version;
  } catch (thrown) {
    // The kernel answers ENOENT for a file that is there when the loader named inside it is not.
    if (hasCode(thrown, 'ENOENT') && existsSync(postgres)) {
      throw new EmbeddedError('embedded-musl', {
        what: 'The embedded PostgreSQL cannot run on this system.',
        because: 'its binaries need glibc 2.27 or later and the glibc loader is not here (Alpine uses musl)',
        do: 'use a Debian-based image (node:20-slim instead of node:20-alpine), or a PostgreSQL server of your own',
      });
    }
    throw new EmbeddedError('embedded-start-failed', {
      what: 'The embedded PostgreSQL does not run here.',
      because: renderThrown(thrown).trim(),
      do: 'install the library that is named above, or use a PostgreSQL server of your own',
    });
  }
}
