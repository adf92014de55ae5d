// Listing: what lies in a folder, and the texts of its files, each read once.
import { isUtf8 } from 'node:buffer';
import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { checksum, type MigrationId } from '../../catalog/index.ts';
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import { displayPath } from '../place.ts';

export interface SqlText {
  /** Absolute path. */
  readonly file: string;
  readonly checksum: string;
  /** Without a byte order mark. */
  readonly text: string;
}

export interface Listing {
  readonly path: string;
  /** Names, sorted; links count as files. */
  readonly files: readonly string[];
  readonly folders: readonly string[];
  /** The names in a folder below; none when it is not there. */
  inside(folder: string): Promise<readonly string[]>;
  /** Null when there is no such file; a finding `migration-not-text` when it is none that PostgreSQL could read. */
  read(name: string): SqlText | Finding | null;
  /** As `read`, of many. */
  readAll(names: readonly string[]): Promise<readonly (SqlText | Finding | null)[]>;
}

/** Reading waits for nothing; a connection that is made meanwhile waits for a turn. */
const filesATurn = 32;

/** Throws ShipshapeError `folder-missing`. */
export async function readListing(path: string): Promise<Listing> {
  const entries = readEntries(path);
  if (entries === null)
    throw new ShipshapeError([makeFinding('folder-missing', { folder: displayPath(path) })]);
  const names = (folders: boolean) =>
    entries
      .filter((entry) => entry.isDirectory() === folders)
      .map((entry) => entry.name)
      .sort();
  const within = join(path, '/');
  const texts = new Map<string, SqlText | Finding | null>();
  const read = (name: string) => {
    const known = texts.get(name);
    if (known !== undefined) return known;
    const text = readSqlText(within + name);
    texts.set(name, text);
    return text;
  };
  return {
    path,
    files: names(false),
    folders: names(true),
    async inside(folder) {
      return (readEntries(join(path, folder)) ?? []).map((entry) => entry.name).sort();
    },
    read,
    async readAll(wanted) {
      const found: (SqlText | Finding | null)[] = [];
      for (const name of wanted) {
        if (texts.size % filesATurn === filesATurn - 1 && !texts.has(name)) await nextTurn();
        found.push(read(name));
      }
      return found;
    },
  };
}

function readEntries(path: string): readonly Dirent[] | null {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    return null;
  }
}

function readSqlText(file: string): SqlText | Finding | null {
  let text: string;
  try {
    // Small, and many: what goes through the thread pool takes ten times as long as the reading itself.
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    return null;
  }
  const wrong = (problem: string) => makeFinding('migration-not-text', { file: displayPath(file), problem });
  if (text.includes('\0')) return wrong('holds a NUL character');
  // What is no UTF-8 is read as this character, which a file may hold as well.
  if (text.includes('\ufffd') && !isUtf8(readFileSync(file))) return wrong('is not UTF-8');
  return { file, checksum: checksum(text), text: text.startsWith('\ufeff') ? text.slice(1) : text };
}

export interface NamedText extends SqlText {
  readonly id: MigrationId;
}

export interface Wanted {
  readonly id: MigrationId;
  /** The path below the folder. */
  readonly name: string;
  /** Who says that there is such a file; the folder itself when left out. */
  readonly listedBy?: string;
  /** How to do without it. */
  readonly otherwise?: string;
}

/**
 * The texts of the files that a tool would run. What cannot be read is a finding,
 * and so is what is not there.
 */
export async function readTexts(
  listing: Listing,
  wanted: readonly Wanted[],
): Promise<{ readonly texts: readonly NamedText[]; readonly findings: readonly Finding[] }> {
  const texts: NamedText[] = [];
  const findings: Finding[] = [];
  const read = await listing.readAll(wanted.map(({ name }) => name));
  for (const [
    at,
    { id, name, listedBy = 'the folder', otherwise = 'go on without it' },
  ] of wanted.entries()) {
    const found = read[at] ?? null;
    if (found === null) {
      const data = { file: displayPath(join(listing.path, name)), migration: id, listedBy, otherwise };
      findings.push(makeFinding('migration-file-missing', data, { migration: id, verdict: 'tampered' }));
    } else if ('code' in found) findings.push(found);
    else {
      const { file, checksum, text } = found;
      texts.push({ id, file, checksum, text });
    }
  }
  return { texts, findings };
}
