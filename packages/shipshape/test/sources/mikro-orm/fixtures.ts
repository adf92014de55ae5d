// The fixture projects, as the command line would name them.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MikroOrmOptions } from '../../../src/sources/mikro-orm/index.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

export interface Fixture extends MikroOrmOptions {
  readonly config: string;
  readonly root: string;
}

function fixture(name: string, config: string, rest: Partial<Fixture> = {}): Fixture {
  return { config, root: join(folder, name), ...rest };
}

export const fixtures = {
  /** Every type, default, key, check and index, by EntitySchema and `defineEntity`. */
  kitchen: fixture('kitchen', 'mikro-orm.config.ts'),
  /** Two contexts, several schemas, `schema: '*'`, native enums of other schemas. */
  tenants: fixture('tenants', 'src/config.ts'),
  /** Decorated classes: base classes, embeddables, single-table inheritance, a naming strategy, an async function. */
  library: fixture('library', 'src/mikro-orm.config.ts'),
  /** Patterns for files, types by @mikro-orm/reflection. */
  morph: fixture('morph', 'mikro-orm.config.ts'),
} as const;
