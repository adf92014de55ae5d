// Our own folder: NNNN_name.sql, in the order of the numbers, each file one transaction.
import { join } from 'node:path';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder } from '../folder.ts';
import { displayPath } from '../place.ts';
import { type Listing, readTexts } from './listing.ts';

/** `0051_call_log_cost_metrics.sql` */
export const ownName = /^(\d{4,})_[A-Za-z0-9_-]+\.sql$/;

/** Files that are neither SQL nor numbered (a README, the snapshot) are none of our business. */
export async function readShipshapeFolder(listing: Listing): Promise<Folder> {
  const names = listing.files.filter((name) => ownName.test(name)).sort(byNumber);
  const foreign = [
    ...listing.files.filter((name) => /\.sql$/i.test(name) && !ownName.test(name)),
    ...listing.folders.filter((name) => /^\d/.test(name)),
  ].sort();
  const { texts, findings } = await readTexts(
    listing,
    names.map((name) => ({ id: name.replace(/\.sql$/, ''), name })),
  );
  return {
    path: listing.path,
    format: 'shipshape',
    tool: null,
    command: 'npx shipshape migrate',
    migrations: texts.map(({ id, file, checksum, text }) => ({
      id,
      file,
      checksum,
      sql: text,
      rule: 'each file',
    })),
    orphans: [],
    findings: [
      ...foreign.map((name) =>
        makeFinding('migration-name-foreign', { file: displayPath(join(listing.path, name)) }),
      ),
      ...findTwins(names, listing.path),
      ...findings,
    ],
  };
}

function numberOf(name: string): bigint {
  return BigInt(ownName.exec(name)?.[1] ?? 0);
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
