// The fixture projects, as the command line would name them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { KyselyOptions } from '../../../src/sources/kysely/index.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

function fixture(name: string, database: string, options: Pick<KyselyOptions, 'camelCase'> = {}) {
  const root = join(folder, name);
  return { ...options, database, root, build: () => readFileSync(join(root, 'database.sql'), 'utf8') };
}

export const fixtures = {
  /** By hand: inheritance, intersections, mapped types, an alias of paths, a view, no strict mode, an error of types. */
  manual: fixture('manual', 'src/db/types.ts#Database'),
  /** What kysely-codegen writes: its own Generated, JSON that includes null, a table of another schema. */
  codegen: fixture('codegen', 'src/db.d.ts'),
  /** What kanel writes: a file a table, default exports, keys of types of their own. */
  kanel: fixture('kanel', 'src/db.ts#Schema'),
  /** What prisma-kysely writes: types, not interfaces, names as Prisma's. */
  'prisma-kysely': fixture('prisma-kysely', 'src/types.ts#DB'),
  /** With CamelCasePlugin, in a file that does more than declare. */
  camel: fixture('camel', 'src/db.ts#Tables', { camelCase: true }),
} as const;
