// The fixture projects, as the command line would name them.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DrizzleOptions } from '../../../src/sources/drizzle/index.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');

export type Fixture = DrizzleOptions & { readonly schema: string; readonly root: string };

function fixture(name: string, schema: string, rest: Partial<DrizzleOptions> = {}): Fixture {
  return { ...rest, schema, root: join(folder, name) };
}

export const fixtures = {
  /** Several files, aliases, re-exports, spread helpers, two schemas, enums, things that are no tables. */
  saas: fixture('saas', 'src/db/schema/index.ts'),
  /** Every type, default, check and index. */
  kitchen: fixture('kitchen', 'schema.ts'),
  /** Unnamed columns, `casing`, columns in callbacks. */
  cased: fixture('cased', 'schema.ts', { casing: 'snake_case' }),
  /** Names that PostgreSQL cuts. */
  'long-names': fixture('long-names', 'schema.ts'),
  /** CommonJS. */
  cjs: fixture('cjs', 'schema.js'),
  /** Table creators, functions that make tables, columns that no text shows. */
  wrapped: fixture('wrapped', 'src/schema.ts'),
  /** Checks the environment while it is loaded. */
  validated: fixture('validated', 'schema.ts'),
} as const;
