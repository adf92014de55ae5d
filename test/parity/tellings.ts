// Tellings: the ways in which a schema of this folder is told, one folder each, and how each is loaded.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Source } from '../../packages/shipshape/src/catalog/index.ts';
import { openScratch } from '../../packages/shipshape/src/prove/scratch.ts';

export const here = dirname(fileURLToPath(import.meta.url));

export const schemas = ['blog', 'ledger', 'library', 'saas', 'school', 'shop'] as const;

/** By folder name. `root` is the folder of the telling; its files are named as such projects name them. */
export const tellings: Readonly<Record<string, (root: string, scratchUrl: string) => Promise<Source>>> = {
  drizzle: async (root) => {
    const { drizzle } = await import('../../packages/shipshape/src/sources/drizzle/index.ts');
    return drizzle({ schema: join(root, 'schema.ts'), root });
  },
  kysely: async (root) => {
    const { kysely } = await import('../../packages/shipshape/src/sources/kysely/index.ts');
    return kysely({ database: 'database.ts', root });
  },
  'mikro-orm': async (root) => {
    const { mikroOrm } = await import('../../packages/shipshape/src/sources/mikro-orm/index.ts');
    return mikroOrm({ config: join(root, 'mikro-orm.config.ts'), root });
  },
  prisma: async (root) => {
    const { prisma } = await import('../../packages/shipshape/src/sources/prisma/index.ts');
    return prisma({ schema: '.', root });
  },
  sql: async (root, scratchUrl) => {
    const { sql } = await import('../../packages/shipshape/src/sources/sql/index.ts');
    return sql({ files: 'structure.sql', root, openScratch: () => openScratch({ url: scratchUrl }) });
  },
  typeorm: async (root) => {
    const { typeorm } = await import('../../packages/shipshape/src/sources/typeorm/index.ts');
    return typeorm({ dataSource: 'entities.ts', root });
  },
  sequelize: async (root) => {
    const { sequelize } = await import('../../packages/shipshape/src/sources/sequelize/index.ts');
    return sequelize({ models: join(root, 'models.ts'), root });
  },
};

/** Where a schema is told in this way; null where it is not. */
export function folderOf(schema: string, telling: string): string | null {
  const folder = join(here, schema, telling);
  return existsSync(folder) ? folder : null;
}
