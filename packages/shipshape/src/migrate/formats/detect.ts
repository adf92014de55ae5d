// detectFormat: whose folder this is, by what lies in it.
import { join } from 'node:path';
import { type Finding, makeFinding, ShipshapeError } from '../../report/index.ts';
import type { FolderFormat } from '../folder.ts';
import { displayPath } from '../place.ts';
import { drizzleJournal } from './drizzle.ts';
import { type Listing, readListing } from './listing.ts';
import { downName } from './orphans.ts';
import { isPlainName } from './plain-sql.ts';
import { prismaLock } from './prisma.ts';
import { isScriptName } from './scripts.ts';
import { sectionFormatOf } from './sections.ts';
import { ownName } from './shipshape.ts';

interface Sign {
  readonly format: FolderFormat | 'scripts';
  /** `meta/_journal.json` */
  readonly because: string;
}

/** Throws ShipshapeError (exit 2) `folder-ambiguous` or `folder-empty`, which say what was seen. */
export async function detectFormat(listing: Listing): Promise<FolderFormat | 'scripts'> {
  const signs = await readSigns(listing);
  const [first, ...others] = signs;
  if (first === undefined) throw new ShipshapeError([await explainEmpty(listing)]);
  const other = others.find((each) => each.format !== first.format);
  if (other === undefined) return first.format;
  const folder = displayPath(listing.path);
  throw new ShipshapeError([makeFinding('folder-ambiguous', { folder, signs })]);
}

/** Files of the tools' own making decide; names and texts only where there are none. */
async function readSigns(listing: Listing): Promise<readonly Sign[]> {
  const signs: Sign[] = [];
  if ((await listing.inside('meta')).includes('_journal.json'))
    signs.push({ format: 'drizzle', because: drizzleJournal });
  if (listing.files.includes(prismaLock)) signs.push({ format: 'prisma', because: prismaLock });
  const holds = await Promise.all(
    listing.folders.map(async (name) => ({ name, files: await listing.inside(name) })),
  );
  const withSql = holds.filter(({ files }) => files.includes('migration.sql'));
  const withSnapshot = withSql.find(({ files }) => files.includes('snapshot.json'));
  if (withSnapshot !== undefined)
    signs.push({ format: 'drizzle', because: `${withSnapshot.name}/snapshot.json` });
  if (signs.length > 0) return signs;
  const [folder] = withSql;
  // Both tools keep such folders. Prisma's lie beside its schema.
  if (folder !== undefined)
    return (await findPrismaSchema(listing))
      ? [{ format: 'prisma', because: 'a Prisma schema beside it' }]
      : [
          { format: 'prisma', because: `${folder.name}/migration.sql` },
          { format: 'drizzle', because: `${folder.name}/migration.sql` },
        ];
  return readSignsOfFiles(listing, holds);
}

async function findPrismaSchema(listing: Listing): Promise<boolean> {
  const { files } = await readListing(join(listing.path, '..'));
  return files.some((name) => name.endsWith('.prisma'));
}

async function readSignsOfFiles(
  listing: Listing,
  holds: readonly { readonly name: string; readonly files: readonly string[] }[],
): Promise<readonly Sign[]> {
  // SQL beside programs is run by their tool too, or by the programs themselves.
  const script = listing.files.find(isScriptName);
  if (script !== undefined) return [{ format: 'scripts', because: script }];
  const sql = listing.files.filter((name) => /\.sql$/i.test(name));
  const texts = await listing.readAll(sql);
  for (const [index, text] of texts.entries()) {
    const format = text !== null && 'text' in text ? sectionFormatOf(text.text) : null;
    if (format !== null) return [{ format, because: `the marks in ${sql[index]}` }];
  }
  const own = sql.filter((name) => ownName.test(name));
  const plain = sql.filter((name) => isPlainName(name) && !downName.test(name));
  // A file of ours with a slip in its name must not turn the folder into somebody else's.
  const [ours, theirs] = [own[0], plain.find((name) => !ownName.test(name))];
  const foldersUp = holds.find(({ name, files }) => /^\d/.test(name) && files.includes('up.sql'));
  const pairs = sql.some((name) => /^\d.*\.up\.sql$/i.test(name));
  if (ours !== undefined && !pairs && own.length * 2 >= plain.length)
    return [{ format: 'shipshape', because: ours }];
  if (theirs !== undefined) return [{ format: 'sql', because: theirs }];
  return foldersUp === undefined ? [] : [{ format: 'sql', because: `${foldersUp.name}/up.sql` }];
}

/** Says what lies there instead, and which folder below looks like the one that is meant. */
async function explainEmpty(listing: Listing): Promise<Finding> {
  const seen = [...listing.folders.map((name) => `${name}/`), ...listing.files];
  const signs = await Promise.all(
    listing.folders.map(async (name) => {
      const below = await readSigns(await readListing(join(listing.path, name)));
      return { name, format: below[0]?.format };
    }),
  );
  const better = signs.find(({ format }) => format !== undefined);
  return makeFinding('folder-empty', {
    folder: displayPath(listing.path),
    seen,
    better: better === undefined ? null : displayPath(join(listing.path, better.name)),
  });
}
