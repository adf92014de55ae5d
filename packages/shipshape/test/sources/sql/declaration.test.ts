// What files of SQL declare, read from a real server, and which line says it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openScratch } from '../../../src/prove/scratch.ts';
import { ShipshapeError } from '../../../src/report/index.ts';
import { sql } from '../../../src/sources/sql/index.ts';
import { renderDeclaration } from '../golden.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

const sourceOf = (name: string, files: string | readonly string[] = '.') =>
  sql({
    files,
    root: join(fixtures, name),
    openScratch: () => openScratch({ url: server.url('postgres') }),
  });

async function refusalOf(name: string, files?: string) {
  const refusal = await sourceOf(name, files)
    .declare({ origins: true })
    .catch((error: unknown) => error);
  if (!(refusal instanceof ShipshapeError)) throw refusal;
  return refusal.findings.map(({ code, exit, what }) => `${code} (${exit}): ${what}`);
}

test('a folder whose files need each other in no particular order', async () => {
  const declaration = await sourceOf('split').declare({ origins: true });
  expect(declaration.printed).toBe(18);
  await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(fixtures, 'split/declared.txt'));
});

test('lines are read only where they are asked for', async () => {
  expect((await sourceOf('split').declare({ origins: false })).origin).toEqual({});
});

test('every statement that is refused in the end is told with its line', async () => {
  expect(await refusalOf('refused')).toEqual([
    'schema-sql-refused (2): schema.sql:2: PostgreSQL refuses the statement: relation "nowhere" does not exist (42P01)',
    'extension-not-available (2): schema.sql:5 creates the extension not_installed_anywhere, which the scratch PostgreSQL does not have',
  ]);
});

test('what is no SQL is told with its line', async () => {
  expect(await refusalOf('syntax')).toEqual([
    'schema-sql-syntax (2): schema.sql:3: syntax error at or near "`"',
  ]);
});

test('a path that names nothing, and files that make no table', async () => {
  expect(await refusalOf('empty', 'absent.sql')).toEqual([expect.stringMatching(/^models-not-found \(2\)/)]);
  expect(await refusalOf('empty')).toEqual([expect.stringMatching(/^models-empty \(2\)/)]);
});
