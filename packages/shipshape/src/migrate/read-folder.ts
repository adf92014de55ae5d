// readFolder: the migration files of a folder, in the order of their numbers.
import type { Dirent } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checksum } from '../catalog/index.ts';
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import type { Migration } from './migration.ts';
import { displayPath } from './place.ts';

/** `0051_call_log_cost_metrics.sql` */
const namePattern = /^(\d{4,})_[A-Za-z0-9_-]+\.sql$/;

/**
 * Throws ShipshapeError (exit 2) with everything that is wrong with the folder: `folder-missing`, `folder-empty`,
 * `migration-name-foreign`, `migration-number-twice`, `migration-not-text`. Files that are neither SQL nor numbered
 * (a README, the snapshot) are none of our business.
 */
export async function readFolder(folder: string): Promise<readonly Migration[]> {
  const entries = await readEntries(folder);
  const files = entries.filter((entry) => !entry.isDirectory() && namePattern.test(entry.name));
  const foreign = entries.filter((entry) =>
    entry.isDirectory()
      ? /^\d/.test(entry.name)
      : /\.sql$/i.test(entry.name) && !namePattern.test(entry.name),
  );
  const names = files.map((entry) => entry.name).sort(byNumber);
  const findings = [
    ...foreign.map((entry) =>
      makeFinding('migration-name-foreign', { file: displayPath(join(folder, entry.name)) }),
    ),
    ...findTwins(names, folder),
  ];
  if (names.length === 0 && findings.length === 0)
    findings.push(makeFinding('folder-empty', { folder: displayPath(folder) }));
  const read = await Promise.all(names.map((name) => readMigration(folder, name)));
  findings.push(...read.filter((each) => 'code' in each));
  assertNone(findings);
  return read.filter((each) => 'sql' in each);
}

async function readEntries(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw error;
    throw new ShipshapeError([makeFinding('folder-missing', { folder: displayPath(folder) })], {
      cause: error,
    });
  }
}

function numberOf(name: string): bigint {
  return BigInt(namePattern.exec(name)?.[1] ?? 0);
}

function byNumber(a: string, b: string): number {
  const difference = numberOf(a) - numberOf(b);
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  return a < b ? -1 : 1;
}

function findTwins(names: readonly string[], folder: string): readonly Finding[] {
  const byItsNumber = new Map<bigint, string[]>();
  for (const name of names)
    byItsNumber.set(numberOf(name), [...(byItsNumber.get(numberOf(name)) ?? []), name]);
  return [...byItsNumber]
    .filter(([, twins]) => twins.length > 1)
    .map(([number, twins]) =>
      makeFinding('migration-number-twice', {
        number: String(number),
        files: twins.map((name) => displayPath(join(folder, name))),
      }),
    );
}

async function readMigration(folder: string, name: string): Promise<Migration | Finding> {
  const file = join(folder, name);
  const bytes = await readFile(file);
  const wrong = (problem: string) => makeFinding('migration-not-text', { file: displayPath(file), problem });
  if (bytes.includes(0)) return wrong('holds a NUL character');
  try {
    const sql = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { id: name.replace(/\.sql$/, ''), file, checksum: checksum(bytes), sql };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return wrong('is not UTF-8');
  }
}

function assertNone(findings: readonly Finding[]): void {
  const [first, ...rest] = findings;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
}
