// Prisma 6, the major before: its engine prints of every schema what the engine that we read with prints.
import { cpSync, existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadEngine, openEngine } from '../../../src/sources/prisma/engine.ts';
import { parseSchema } from '../../../src/sources/prisma/parse-schema.ts';
import { prepare } from '../../../src/sources/prisma/prepare.ts';
import { readFiles } from '../../../src/sources/prisma/read-files.ts';
import type { SchemaFile } from '../../../src/sources/prisma/schema.ts';
import { fixtures } from './fixtures.ts';

const top = join(import.meta.dirname, '../../../../..');
const engine = join(top, 'matrix/node_modules/prisma-engine-6');
const isInstalled = existsSync(engine);

test('CI installs the engine of Prisma 6 (npm run matrix:install); elsewhere the rest is skipped without it', () => {
  expect(isInstalled || process.env.CI === undefined).toBe(true);
});

const parity = ['blog', 'ledger', 'library', 'saas', 'school', 'shop'].map((name) => ({
  name,
  root: join(top, 'test/parity', name, 'prisma'),
  schema: '.',
}));
const projects = [
  ...parity,
  ...Object.entries(fixtures).map(([name, { root, schema }]) => ({ name, root, schema })),
];

/** What Prisma 6 does not know yet: predicates of indexes. */
function withoutPredicates({ file, text }: SchemaFile): SchemaFile {
  return { file, text: text.replace(/, where: raw\("[^"]*"\)/g, '') };
}

/** As a project of Prisma 6 would have it: it demands a connection string. */
function asInSix({ file, text }: SchemaFile): SchemaFile {
  const told = text
    .replace(/^datasource \w+ \{$/m, '$&\n  url = "postgresql://db/app"')
    .replace(', "partialIndexes"', '');
  return { file, text: told };
}

describe.runIf(isInstalled)('the engine of Prisma 6.19', () => {
  test.each(projects)('$name', async ({ root, schema }) => {
    const { files } = prepare(readFiles(root, [schema]).map(withoutPredicates), parseSchema);
    // This engine is good for one schema: a second one in the same memory panics.
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'shipshape-prisma-')));
    try {
      cpSync(engine, folder, { recursive: true });
      const script = await (await loadEngine(folder)).printScript(files.map(asInSix));
      expect(script).toContain('CREATE TABLE');
      expect(script).toBe(await (await openEngine(root)).printScript(files));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
