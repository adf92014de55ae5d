// Our own folder: NNNN_name.sql, in the order of the numbers, each file one transaction unless its header says otherwise.
import { join } from 'node:path';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder } from '../folder.ts';
import type { Header } from '../header.ts';
import type { DownFile, Migration, TransactionRule } from '../migration.ts';
import { displayPath } from '../place.ts';
import { type Listing, type NamedText, readTexts } from './listing.ts';
import { type HeaderFault, parseHeader } from './parse-header.ts';

/** `0051_call_log_cost_metrics.sql` */
export const ownName = /^(\d{4,})_[A-Za-z0-9_-]+\.sql$/;

/** `0051_call_log_cost_metrics.down.sql`: the way back. */
const downName = /^(\d{4,}_[A-Za-z0-9_-]+)\.down\.sql$/;

/** Files that are neither SQL nor numbered (a README, the snapshot) are none of our business. */
export async function readShipshapeFolder(listing: Listing): Promise<Folder> {
  const numbered = numberedOf(listing.files);
  const names = numbered.map(({ name }) => name);
  const foreign = [
    ...listing.files.filter((name) => /\.sql$/i.test(name) && !ownName.test(name) && !downName.test(name)),
    ...listing.folders.filter((name) => /^\d/.test(name)),
  ].sort();
  const { texts, findings } = await readTexts(
    listing,
    names.map((name) => ({ id: name.replace(/\.sql$/, ''), name })),
  );
  const { texts: downTexts, findings: ofDowns } = await readDowns(listing);
  const read = texts.map(withHeader);
  const downs = downTexts.map(withHeader);
  const withDown = ({ id, file, checksum, text: sql, header }: Headed): Migration => {
    const migration = { id, file, checksum, sql, rule: ruleOf(header), header };
    const down = downs.find((each) => each.id === id);
    return down === undefined ? migration : { ...migration, down: downFileOf(down) };
  };
  return {
    path: listing.path,
    format: 'shipshape',
    tool: null,
    command: 'npx shipshape migrate',
    migrations: read.map(withDown),
    orphans: [],
    findings: [
      ...foreign.map((name) =>
        makeFinding('migration-name-foreign', { file: displayPath(join(listing.path, name)) }),
      ),
      ...findTwins(numbered, listing.path),
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

type Headed = NamedText & ReturnType<typeof parseHeader>;

function withHeader({ id, file, checksum, text }: NamedText): Headed {
  const { header, faults } = parseHeader(text);
  return { id, file, checksum, text, header, faults };
}

function downFileOf({ file, checksum, text: sql, header }: Headed): DownFile {
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

interface Numbered {
  readonly name: string;
  readonly number: bigint;
}

/** In the order of their numbers. */
function numberedOf(files: readonly string[]): readonly Numbered[] {
  return files
    .flatMap((name) => {
      const digits = ownName.exec(name)?.[1];
      return digits === undefined ? [] : [{ name, number: BigInt(digits) }];
    })
    .sort((a, b) => (a.number === b.number ? (a.name < b.name ? -1 : 1) : a.number < b.number ? -1 : 1));
}

function findTwins(numbered: readonly Numbered[], folder: string): readonly Finding[] {
  // In their order, those of one number stand together.
  const doubled = numbered.filter(({ number }, at) => number === numbered[at - 1]?.number);
  return [...new Set(doubled.map(({ number }) => number))].map((number) =>
    makeFinding('migration-number-twice', {
      number: String(number),
      files: numbered
        .filter((each) => each.number === number)
        .map(({ name }) => displayPath(join(folder, name))),
    }),
  );
}
