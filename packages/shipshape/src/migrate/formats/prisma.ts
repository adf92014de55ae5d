// Prisma's folder: <timestamp>_name/migration.sql, by the names of the folders, each file sent as it is.
import { join } from 'node:path';
import { type Finding, makeFinding } from '../../report/index.ts';
import type { Folder } from '../folder.ts';
import { displayPath } from '../place.ts';
import { type Listing, readTexts } from './listing.ts';
import { readOrphans } from './orphans.ts';

export const prismaLock = 'migration_lock.toml';

/**
 * Prisma's own rules (`listMigrations` of @prisma/migrate, `migrations_directory.rs` of prisma-engines): every folder
 * is a migration and must hold `migration.sql`; folders come by name; the whole file goes to the server in one message
 * of the simple query protocol, so that a COMMIT in it is allowed, and CONCURRENTLY is when it stands alone.
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
      rule: 'as sent',
    })),
    orphans: await readOrphans(listing, () => true),
    findings: [...(await judgeProvider(listing)), ...findings],
  };
}

/** Prisma itself looks for the first line that begins so. */
async function judgeProvider(listing: Listing): Promise<readonly Finding[]> {
  const lock = await listing.read(prismaLock);
  if (lock === null) return [];
  if ('code' in lock) return [lock];
  const provider = /^provider\s*=\s*"?([^"\r\n]*)"?/m.exec(lock.text)?.[1] ?? 'none';
  if (/^postgres(ql)?$/.test(provider)) return [];
  const file = displayPath(join(listing.path, prismaLock));
  return [makeFinding('folder-other-database', { folder: displayPath(listing.path), file, says: provider })];
}
