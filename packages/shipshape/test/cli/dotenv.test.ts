// Variables of a file that is asked for reach the models, which read them while they are loaded.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeFolder, type Project, packageFolder, shipshape } from './shipshape-process.ts';

let project: Project;
beforeAll(() => {
  project = makeFolder();
  const files = {
    '.env': 'APP_KEY=from the file\n',
    'schema.ts': `import { integer, pgTable } from 'drizzle-orm/pg-core';
if (process.env.APP_KEY !== 'from the file') throw new Error('APP_KEY is required');
export const things = pgTable('things', { id: integer('id') });
`,
    'migrations/0001_things.sql': 'CREATE TABLE things (id integer);\n',
  };
  mkdirSync(join(project.folder, 'migrations'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project.folder, name), text);
  symlinkSync(join(packageFolder, '../../node_modules'), join(project.folder, 'node_modules'));
});
afterAll(() => project.remove());

const check = (...more: readonly string[]) =>
  shipshape(
    ['check', '--drizzle', 'schema.ts', '--migrations', 'migrations', '--migrations-format', 'sql', ...more],
    { cwd: project.folder },
  );

test('without it, what is missing and what to do are said', async () => {
  const { exit, stdout, stderr } = await check();
  expect(exit).toBe(2);
  expect(stdout + stderr).toContain('schema.ts cannot be loaded: APP_KEY is required (schema.ts:2)');
  expect((stdout + stderr).replace(/\s+/g, ' ')).toContain('--dotenv .env');
});

test('with it, the models are read', async () => {
  const { exit, stdout, stderr } = await check('--dotenv', '.env');
  expect(stdout + stderr).not.toContain('APP_KEY');
  expect(exit).toBe(0);
});
