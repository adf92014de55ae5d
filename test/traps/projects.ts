// Projects: a trap's folder as a source, by the file that lies in it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Source } from '../../packages/shipshape/src/catalog/index.ts';

const readers: Readonly<Record<string, (file: string, root: string) => Promise<Source>>> = {
  'schema.ts': async (file, root) => {
    const { drizzle } = await import('../../packages/shipshape/src/sources/drizzle/index.ts');
    return drizzle({ schema: file, root });
  },
  'models.ts': async (file, root) => {
    const { sequelize } = await import('../../packages/shipshape/src/sources/sequelize/index.ts');
    return sequelize({ models: file, root });
  },
};

/** Throws an Error for a folder without models. */
export async function sourceOf(root: string): Promise<Source> {
  for (const [name, read] of Object.entries(readers)) {
    const file = join(root, name);
    if (existsSync(file)) return read(file, root);
  }
  throw new Error(`${root} has none of ${Object.keys(readers).join(', ')}`);
}
