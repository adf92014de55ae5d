// readFolder: the migrations of a folder, ours or a peer's, in the order in which its tool runs them.
import { type Finding, makeFinding, ShipshapeError } from '../report/index.ts';
import type { Folder, FolderFormat } from './folder.ts';
import { detectFormat } from './formats/detect.ts';
import { readDrizzleFolder } from './formats/drizzle.ts';
import { type Listing, readListing } from './formats/listing.ts';
import { readPlainFolder } from './formats/plain-sql.ts';
import { readPrismaFolder } from './formats/prisma.ts';
import { readScriptFolder } from './formats/scripts.ts';
import { readSectionFolder } from './formats/sections.ts';
import { readShipshapeFolder } from './formats/shipshape.ts';
import { displayPath } from './place.ts';

export interface ReadFolderOptions {
  /** `auto` when left out: told by what lies in the folder. */
  readonly format?: FolderFormat | 'auto' | undefined;
}

type Format = FolderFormat | 'scripts';

const readers: Readonly<Record<Format, (listing: Listing) => Promise<Folder>>> = {
  shipshape: readShipshapeFolder,
  prisma: readPrismaFolder,
  drizzle: readDrizzleFolder,
  dbmate: (listing) => readSectionFolder(listing, 'dbmate'),
  goose: (listing) => readSectionFolder(listing, 'goose'),
  'sql-migrate': (listing) => readSectionFolder(listing, 'sql-migrate'),
  'node-pg-migrate': (listing) => readSectionFolder(listing, 'node-pg-migrate'),
  sql: readPlainFolder,
  scripts: readScriptFolder,
};

/**
 * Throws ShipshapeError with everything that keeps the folder from being read: exit 2 for a folder that is not there
 * (`folder-missing`), holds nothing or two things (`folder-empty`, `folder-ambiguous`), or is for another database;
 * for files that cannot be read or would be skipped in silence (`migration-not-text`, `migration-name-foreign` …); exit 1
 * for a file that is missing (`migration-file-missing`). What is wrong and can be read past is in `findings`.
 */
export async function readFolder(path: string, options: ReadFolderOptions = {}): Promise<Folder> {
  const listing = await readListing(path);
  const { format = 'auto' } = options;
  const folder = await readers[format === 'auto' ? await detectFormat(listing) : format](listing);
  const blocking = folder.findings.filter(keepsFromReading);
  if (folder.migrations.length === 0 && blocking.length === 0) {
    const seen = [...listing.folders.map((name) => `${name}/`), ...listing.files];
    blocking.push(makeFinding('folder-empty', { folder: displayPath(path), seen, better: null }));
  }
  const [first, ...rest] = blocking;
  if (first !== undefined) throw new ShipshapeError([first, ...rest]);
  return folder;
}

/** Out of order is how a journal is, and it can be run for all that. */
function keepsFromReading(finding: Finding): boolean {
  return finding.severity === 'error' && finding.code !== 'journal-out-of-order';
}
