// Drizzle's folder, in both of its forms: everything that is not applied runs in one transaction.
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder } from '../folder.ts';
import type { Migration, Piece } from '../migration.ts';
import { displayPath } from '../place.ts';
import { judgeJournal, parseJournal } from './drizzle-journal.ts';
import { type Listing, type NamedText, readTexts } from './listing.ts';
import { adoptIntoFolder, readOrphans } from './orphans.ts';

export const drizzleJournal = 'meta/_journal.json';
const breakpoint = '--> statement-breakpoint';

const face = { format: 'drizzle', tool: 'Drizzle', command: 'npx drizzle-kit migrate' } as const;

/**
 * drizzle-orm 0.x (`readMigrationFiles` of its `migrator`): the entries of `meta/_journal.json` in the order in which
 * they stand there. 1.0: no journal, `<timestamp>_name/migration.sql` by the names of the folders; a folder without
 * that file is passed over, and a journal is refused.
 */
export async function readDrizzleFolder(listing: Listing): Promise<Folder> {
  const journal = listing.read(drizzleJournal);
  if (journal === null) return readFolders(listing);
  const { path } = listing;
  const empty = { ...face, path, migrations: [], orphans: [] };
  if ('code' in journal) return { ...empty, findings: [journal] };
  const shown = displayPath(journal.file);
  const parsed = parseJournal(journal.text);
  if ('problem' in parsed)
    return {
      ...empty,
      findings: [makeFinding('journal-unreadable', { file: shown, problem: parsed.problem })],
    };
  if (!/^(pg|postgresql)$/.test(parsed.dialect)) {
    const data = { folder: displayPath(path), file: shown, says: parsed.dialect };
    return { ...empty, findings: [makeFinding('folder-other-database', data)] };
  }
  const half = await findHalfUpgraded(listing);
  if (half !== null) return { ...empty, findings: [half] };
  const { texts, findings } = await readTexts(
    listing,
    parsed.entries.map(({ tag }) => ({
      id: tag,
      name: `${tag}.sql`,
      listedBy: shown,
      otherwise: `take it out of ${shown}`,
    })),
  );
  const listed = new Set(parsed.entries.map(({ tag }) => `${tag}.sql`));
  const orphans = await readOrphans(
    listing,
    (name) => !listed.has(name),
    (id) => {
      const entry = {
        idx: parsed.entries.length,
        version: '7',
        when: '<now, in ms>',
        tag: id,
        breakpoints: true,
      };
      return `in ${shown}, at the end of "entries": ${JSON.stringify(entry)}`;
    },
  );
  return {
    ...face,
    path,
    migrations: texts.map(makeMigration),
    orphans: orphans.map((orphan) => ({ ...orphan, pieces: split(orphan.sql) })),
    findings: [
      ...findings,
      ...orphans
        .filter(({ id }) => /^\d{4}/.test(id))
        .map(({ id, file, adopt }) =>
          makeFinding(
            'migration-orphan',
            { file: displayPath(file), tool: face.tool, journal: shown, adopt },
            { migration: id, verdict: 'agreed' },
          ),
        ),
      ...judgeJournal(parsed.entries, journal.text, shown),
    ],
  };
}

/** 1.0 refuses a folder with a journal, and 0.x knows nothing of the folders. */
async function findHalfUpgraded(listing: Listing): Promise<Finding | null> {
  for (const name of listing.folders) {
    if (!(await listing.inside(name)).includes('migration.sql')) continue;
    const signs = [
      { format: 'drizzle 0.x', because: drizzleJournal },
      { format: 'drizzle 1.0', because: `${name}/migration.sql` },
    ];
    return makeFinding('folder-ambiguous', { folder: displayPath(listing.path), signs });
  }
  return null;
}

async function readFolders(listing: Listing): Promise<Folder> {
  const holds = await Promise.all(
    listing.folders.map(async (name) => ({ name, files: await listing.inside(name) })),
  );
  // A folder with a snapshot and no SQL has lost it: drizzle would pass it over in silence.
  const names = holds
    .filter(({ files }) => files.includes('migration.sql') || files.includes('snapshot.json'))
    .map(({ name }) => name)
    .sort((a, b) => a.localeCompare(b, 'en'));
  const { texts, findings } = await readTexts(
    listing,
    names.map((name) => ({
      id: name,
      name: `${name}/migration.sql`,
      listedBy: `${name}/snapshot.json`,
      otherwise: 'delete the folder',
    })),
  );
  return {
    ...face,
    path: listing.path,
    migrations: texts.map(makeMigration),
    orphans: await readOrphans(listing, () => true, adoptIntoFolder(listing)),
    findings,
  };
}

function makeMigration({ id, file, checksum, text }: NamedText): Migration {
  return { id, file, checksum, sql: text, rule: 'all files', pieces: split(text) };
}

/** As drizzle does it: wherever the mark stands, were it in a string. */
function split(text: string): readonly Piece[] {
  let line = 1;
  return text.split(breakpoint).map((piece) => {
    const begins = line;
    line += piece.split('\n').length - 1;
    return { text: piece, line: begins };
  });
}
