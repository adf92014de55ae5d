// Prisma's folder: <timestamp>_name/migration.sql, by the names of the folders, the statements of a file one by one or in one message.
import { join } from 'node:path';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder } from '../folder.ts';
import { displayPath } from '../place.ts';
import { type Listing, readTexts } from './listing.ts';
import { adoptIntoFolder, readOrphans } from './orphans.ts';

export const prismaLock = 'migration_lock.toml';

/**
 * Prisma's own rules (`listMigrations` of @prisma/migrate, `migrations_directory.rs` of prisma-engines): every folder
 * is a migration and must hold `migration.sql`; folders come by name. Before 7.4 the whole file goes to the server in one
 * message of the simple query protocol (a COMMIT in it is allowed, and CONCURRENTLY when it stands alone); since then
 * each statement goes by itself (prisma-engines, pull requests 5767 and 5799), so that CONCURRENTLY may stand anywhere.
 * Which version runs a folder it does not say: what either of them can apply is good.
 */
export async function readPrismaFolder(listing: Listing): Promise<Folder> {
  const names = listing.folders.toSorted((a, b) => a.localeCompare(b, 'en'));
  const { texts, findings } = await readTexts(
    listing,
    names.map((name) => ({
      id: name,
      name: `${name}/migration.sql`,
      listedBy: `the folder ${name}`,
      otherwise: 'delete the folder',
    })),
  );
  return {
    path: listing.path,
    format: 'prisma',
    tool: 'Prisma',
    command: 'npx prisma migrate deploy',
    migrations: texts.map(({ id, file, checksum, text }) => ({
      id,
      file,
      checksum,
      sql: text,
      rule: 'as it allows',
    })),
    orphans: await readOrphans(listing, () => true, adoptIntoFolder(listing)),
    findings: [...judgeProvider(listing), ...findings],
  };
}

/** Prisma itself looks for the first line that begins so. */
function judgeProvider(listing: Listing): readonly Finding[] {
  const lock = listing.read(prismaLock);
  if (lock === null) return [];
  if ('code' in lock) return [lock];
  const provider = /^provider\s*=\s*"?([^"\r\n]*)"?/m.exec(lock.text)?.[1] ?? 'none';
  if (/^postgres(ql)?$/.test(provider)) return [];
  const file = displayPath(join(listing.path, prismaLock));
  return [makeFinding('folder-other-database', { folder: displayPath(listing.path), file, says: provider })];
}
