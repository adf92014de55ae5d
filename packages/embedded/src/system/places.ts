// Where this package keeps its files: a cache of binaries, running scratch servers, and kept databases.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, realpathSync, statfsSync } from 'node:fs';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { EmbeddedError, hasCode, renderThrown } from '../embedded-error.ts';

/** Linux takes 107 bytes for the path of a unix socket, macOS 103. */
const longestSocketPath = 103;

/** The folder of copied binaries and template clusters. */
export function readCachePlace(): string {
  return readPlace('/var/cache', 'XDG_CACHE_HOME', '.cache');
}

/** What a scratch server may need in memory before it is better off on disk. */
const roomInMemory = 4_000_000_000;
/** Linux' `TMPFS_MAGIC`, statfs(2). */
const tmpfs = 0x01021994;

/**
 * The folders that hold a folder for each running scratch server; new ones go into the first. Memory where there is
 * plenty: a cluster is a thousand small files, which a busy or journal-less disk takes a second to make and remove.
 */
export function readScratchPlaces(): readonly string[] {
  const onDisk = join(readCachePlace(), 'scratch');
  if (hasRoomInMemory()) return ['/dev/shm', onDisk];
  assertSocketPath(`${onDisk}/${scratchPrefix()}XXXXXX/socket/.s.PGSQL.5432`, 'XDG_CACHE_HOME');
  return [onDisk];
}

/** Begins the name of a scratch server's folder; a random part follows, so that nobody can be there before. */
export function scratchPrefix(): string {
  return `shipshape-${process.getuid?.()}-`;
}

function hasRoomInMemory(): boolean {
  try {
    const { type, bavail, bsize } = statfsSync('/dev/shm');
    return type === tmpfs && bavail * bsize >= roomInMemory;
  } catch (thrown) {
    if (hasCode(thrown, 'ENOENT')) return false;
    throw thrown;
  }
}

/** The folder of a project's kept database. One project has one, by whatever link it is reached. */
export function readKeptPlace(project: string): string {
  const hash = createHash('sha256').update(realpathSync(project)).digest('hex').slice(0, 16);
  const place = join(readPlace('/var/lib', 'XDG_STATE_HOME', join('.local', 'state')), hash);
  assertSocketPath(join(place, 'lease-1234567.sock'), 'XDG_STATE_HOME');
  return place;
}

/** A restrictive umask must not lock the server's account out of root's folders. */
export function makeFolder(path: string): void {
  const mode = process.getuid?.() === 0 ? 0o755 : 0o700;
  try {
    if (mkdirSync(path, { recursive: true, mode }) !== undefined) chmodSync(path, mode);
  } catch (thrown) {
    throw new EmbeddedError('embedded-folder-unwritable', {
      what: `The folder ${path} cannot be made.`,
      because: `${renderThrown(thrown)}; HOME is ${process.env.HOME ?? 'not set'}`,
      do: 'set HOME (or XDG_CACHE_HOME and XDG_STATE_HOME) to folders that this user may write',
    });
  }
}

/**
 * As root the server is an unprivileged number that cannot pass a 0700 home, hence the system's own folders. For a
 * user the XDG base directory specification decides, which says to ignore relative values.
 */
function readPlace(system: string, variable: string, underHome: string): string {
  if (process.getuid?.() === 0) return join(system, 'shipshape');
  const named = process.env[variable];
  const base = named !== undefined && isAbsolute(named) ? named : join(readHome(variable), underHome);
  return join(base, 'shipshape');
}

function readHome(variable: string): string {
  let because: string;
  try {
    const home = homedir();
    if (isAbsolute(home)) return home;
    because = `HOME is ${JSON.stringify(home)}`;
  } catch (thrown) {
    because = `HOME is not set and this user has no entry in /etc/passwd (${renderThrown(thrown)})`;
  }
  throw new EmbeddedError('embedded-no-home', {
    what: 'There is no home directory to keep the embedded PostgreSQL in.',
    because,
    do: `set HOME, or set ${variable} to a folder of this user's own`,
  });
}

function assertSocketPath(path: string, variable: string): void {
  if (Buffer.byteLength(path) <= longestSocketPath) return;
  throw new EmbeddedError('embedded-path-too-long', {
    what: `The path ${path} is too long for a unix socket.`,
    because: `the system takes ${longestSocketPath} bytes and this one has ${Buffer.byteLength(path)}`,
    do: `set ${variable} to a folder with a shorter path`,
  });
}
