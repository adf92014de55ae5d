// Our own folder: NNNN_name.sql, in the order of the numbers, each file one transaction unless its header says otherwise.
import { join } from 'node:path';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder } from '../folder.ts';
import type { Header } from '../header.ts';
import type { DownFile, TransactionRule } from '../migration.ts';
import { displayPath } from '../place.ts';
import { type Listing, type NamedText, readTexts } from './listing.ts';
import { type HeaderFault, parseHeader } from './parse-header.ts';

/** `0051_call_log_cost_metrics.sql` */
export const ownName = /^(\d{4,})_[A-Za-z0-9_-]+\.sql$/;

/** `0051_call_log_cost_metrics.down.sql`: the way back. */
const downName = /^(\d{4,}_[A-Za-z0-9_-]+)\.down\.sql$/;

/** Files that are neither SQL nor numbered (a README, the snapshot) are none of our business. */
export async function readShipshapeFolder(listing: Listing): Promise<Folder> {
  const names = listing.files.filter((name) => ownName.test(name)).sort(byNumber);
  const foreign = [
    ...listing.files.filter((name) => /\.sql$/i.test(name) && !ownName.test(name) && !downName.test(name)),
    ...listing.folders.filter((name) => /^\d/.test(name)),
  ].sort();
  const { texts, findings } = await readTexts(
    listing,
    names.map((name) => ({ id: name.replace(/\.sql$/, ''), name })),
  );
  const { texts: downTexts, findings: ofDowns } = await readDowns(listing);
  const withHeader = (each: NamedText) => ({ ...each, ...parseHeader(each.text) });
  const read = texts.map(withHeader);
  const downs = downTexts.map(withHeader);
  return {
    path: listing.path,
    format: 'shipshape',
    tool: null,
    command: 'npx shipshape migrate',
    migrations: read.map(({ id, file, checksum, text, header }) => {
      const down = downs.find((each) => each.id === id);
      return {
        id,
        file,
        checksum,
        sql: text,
        rule: ruleOf(header),
        header,
        ...(down === undefined ? {} : { down: downFileOf(down) }),
      };
    }),
    orphans: [],
    findings: [
      ...foreign.map((name) =>
        makeFinding('migration-name-foreign', { file: displayPath(join(listing.path, name)) }),
      ),
      ...findTwins(names, listing.path),
      ...findings,
      ...[...read, ...downs].flatMap(({ id, file, faults }) =>
        faults.map((fault) => explainFault(id, file, fault)),
      ),
      ...ofDowns,
      ...downs
        .filter(({ id }) => !texts.some((each) => each.id === id))
        .map(({ id, file }) =>
          makeFinding('migration-down-alone', { file: displayPath(file), migration: id }),
        ),
    ],
  };
}

function downFileOf({
  file,
  checksum,
  text: sql,
  header,
}: NamedText & { readonly header: Header }): DownFile {
  return { file, checksum, sql, rule: ruleOf(header), header };
}

function ruleOf({ noTransaction, backfill }: Header): TransactionRule {
  if (backfill !== null) return 'each batch';
  return noTransaction ? 'each statement' : 'each file';
}

async function readDowns(listing: Listing): Promise<Awaited<ReturnType<typeof readTexts>>> {
  const wanted = listing.files.flatMap((name) => {
    const id = downName.exec(name)?.[1];
    return id === undefined ? [] : [{ id, name }];
  });
  return readTexts(listing, wanted);
}

function explainFault(id: string, file: string, { line, text, problem }: HeaderFault): Finding {
  const place = `${displayPath(file)}:${line}`;
  const origin = { file: displayPath(file), line };
  return makeFinding(
    'migration-header-wrong',
    { migration: id, place, text, problem },
    { migration: id, origin },
  );
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
