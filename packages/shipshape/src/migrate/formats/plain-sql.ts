// Plain SQL files with a number or a time at the front, whoever runs them: in natural order, the ways down left out.
import { join } from 'node:path';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder } from '../folder.ts';
import type { Migration } from '../migration.ts';
import { displayPath } from '../place.ts';
import { type Listing, readTexts } from './listing.ts';
import { naturalOrder } from './natural-order.ts';
import { downName } from './orphans.ts';

/** `001-users.sql`, `20240101120000_users.sql`, `1_users.up.sql`, `003.do.users.sql`, `2024-01-31.sql` */
const numbered = /^\d.*\.sql$/i;
/** Flyway: a version, made of numbers with dots or underscores; `R__` is run again whenever it changed, after the rest. */
const versioned = /^V(\d+(?:[._]\d+)*)__.+\.sql$/;
const repeatable = /^R__.+\.sql$/;
/** Flyway's undo, and the ways down of golang-migrate, postgrator and of people. */
const leadsBack = [/^U\d.*__.+\.sql$/, downName, /^\d+\.undo(?:\.|$)/i];
/** Flyway's baseline (one file instead of all before it) is not followed. */
const baseline = /^B\d.*__.+\.sql$/;

export function isPlainName(name: string): boolean {
  return numbered.test(name) || versioned.test(name) || repeatable.test(name);
}

/** Some tools keep a folder a migration, with `up.sql` and `down.sql` in it. */
async function findFolders(listing: Listing): Promise<readonly string[]> {
  const names = listing.folders.filter((name) => /^\d/.test(name));
  const holds = await Promise.all(names.map(async (name) => (await listing.inside(name)).includes('up.sql')));
  return names.filter((_, index) => holds[index]).map((name) => `${name}/up.sql`);
}

export async function readPlainFolder(listing: Listing): Promise<Folder> {
  const candidates = listing.files.filter((name) => !leadsBack.some((each) => each.test(name)));
  const flyway = candidates.some((name) => versioned.test(name));
  const once = flyway
    ? candidates.filter((name) => versioned.test(name)).sort(byVersion)
    : candidates.filter((name) => numbered.test(name));
  const names = [
    ...(flyway ? once : [...once, ...(await findFolders(listing))].sort(naturalOrder)),
    ...candidates.filter((name) => repeatable.test(name)).sort(),
  ];
  const { texts, findings } = await readTexts(
    listing,
    names.map((name) => ({ id: idOf(name), name })),
  );
  const golang = listing.files.some((name) => /^\d+_.*\.up\.sql$/.test(name));
  return {
    path: listing.path,
    format: 'sql',
    tool: flyway ? 'Flyway' : golang ? 'golang-migrate' : null,
    command: flyway ? 'flyway migrate' : golang ? 'migrate -path … -database … up' : null,
    migrations: texts.map(
      ({ id, file, checksum, text }): Migration => ({
        id,
        file,
        checksum,
        sql: text,
        // golang-migrate sends a file as it is; Flyway, psql and others make an exception of what forbids a transaction.
        rule: golang ? 'as sent' : 'as it allows',
      }),
    ),
    orphans: [],
    findings: [...findings, ...judgeOthers(listing, names)],
  };
}

function judgeOthers({ path, files }: Listing, run: readonly string[]): readonly Finding[] {
  const others = files.filter((name) => /\.sql$/i.test(name) && !run.includes(name));
  return others
    .filter((name) => !leadsBack.some((each) => each.test(name)))
    .map((name) => {
      const file = displayPath(join(path, name));
      return baseline.test(name)
        ? makeFinding('migration-kind-unsupported', { file, kind: "a baseline of Flyway's" })
        : makeFinding('migration-not-numbered', { file });
    });
}

function idOf(name: string): string {
  return name.replace(/\/up\.sql$/, '').replace(/(?:\.up)?\.sql$/i, '');
}

function byVersion(a: string, b: string): number {
  const parts = (name: string) => (versioned.exec(name)?.[1] ?? '').split(/[._]/).map(BigInt);
  const [one, other] = [parts(a), parts(b)];
  for (let index = 0; index < Math.max(one.length, other.length); index++) {
    const [left, right] = [one[index] ?? 0n, other[index] ?? 0n];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a < b ? -1 : 1;
}
