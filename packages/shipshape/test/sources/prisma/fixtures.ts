// The fixture projects, as the command line would name them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

function fixture(name: string, schema: string) {
  const root = join(folder, name);
  return { schema, root, database: () => readFileSync(join(root, 'database.sql'), 'utf8') };
}

export const fixtures = {
  /** Every type, default and index; Prisma 7 (no connection string, `prisma-client`). */
  kitchen: fixture('kitchen', 'prisma/schema.prisma'),
  /** A folder with sub-folders and two schemas; Prisma 6 (connection strings, features that came and went). */
  folder: fixture('folder', 'prisma/schema'),
  /** What `prisma db pull` makes of tables that were there before; `relationMode = "prisma"`. */
  pulled: fixture('pulled', 'prisma'),
} as const;
