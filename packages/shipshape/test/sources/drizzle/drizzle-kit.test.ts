// What drizzle-kit 0.31.11 writes for the models (`generateMigration`, kept in migrations/) is what we read in them. Mended
// by hand, as a team would have to: it puts on_quoted before quoted, which it reads, and makes a role of the cluster.
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { renderAddressKey } from '../../../src/catalog/index.ts';
import { compare } from '../../../src/compare/compare.ts';
import { adoptSpelling } from '../../../src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { openScratch } from '../../../src/prove/scratch.ts';
import { drizzle } from '../../../src/sources/drizzle/index.ts';
import { sql } from '../../../src/sources/sql/index.ts';
import { shipshape } from '../../cli/shipshape-process.ts';
import { makeProject } from './project.ts';

const fixture = join(import.meta.dirname, 'fixtures/drizzle-kit');
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
  // Roles are the cluster's: a migration names them, and never makes one that `.existing()` says is there.
  const session = await connect(server.url('postgres'));
  await session.query('CREATE ROLE keeper; CREATE ROLE guest');
  await session.close();
});
afterAll(() => server.stop());

test('neither more nor less, and silent only where the code fills a column', async () => {
  const open = () => openScratch({ url: server.url('postgres') });
  const written = await sql({ files: 'migrations', root: fixture, openScratch: open }).declare({
    origins: false,
  });
  const declaration = await drizzle({ schema: 'schema.ts', root: fixture }).declare({ origins: true });
  const session = await connect(await server.createDatabase());
  try {
    const declared = await adoptSpelling(
      await elaborate(declaration.catalog, session),
      written.catalog,
      session,
    );
    const differences = compare(declared, written.catalog, { silence: declaration.silence });
    expect(differences.map((each) => `${each.kind} ${renderAddressKey(each.address)}`)).toEqual([]);
  } finally {
    await session.close();
  }
  const particular = declaration.silence.filter(({ address }) => address.includes('.'));
  expect(particular.map(({ address, aspect }) => `${aspect} of ${address}`)).toEqual([
    'default of column public.app_users."updatedAt"',
  ]);
});

const check = async (file: string, before: string, line: string) => {
  const root = makeProject({});
  cpSync(fixture, root, { recursive: true });
  const path = join(root, file);
  writeFileSync(path, readFileSync(path, 'utf8').replace(before, `${before}\n${line}`));
  const { exit, stdout } = await shipshape(
    ['check', '--drizzle', 'schema.ts', '--migrations', 'migrations', '--migrations-format', 'sql', '--json'],
    { cwd: root, env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres') } },
  );
  const { findings } = JSON.parse(stdout) as {
    findings: { severity: string; address?: string; origin?: { file: string; line: number } }[];
  };
  const errors = findings.filter(({ severity }) => severity === 'error');
  return { exit, errors: errors.map(({ address, origin }) => `${address} ${origin?.file}:${origin?.line}`) };
};

test('models and their migration agree', async () => {
  expect(await check('stamps.ts', 'export const stamps = {', '')).toEqual({ exit: 0, errors: [] });
});

test('a column more in a spread helper, and what is made of it, is forgotten', async () => {
  const line = "  endedAt: timestamp('ended_at'),";
  expect(await check('stamps.ts', 'export const stamps = {', line)).toEqual({
    exit: 1,
    errors: ['view quoted schema.ts:111', 'view on_quoted schema.ts:114', 'app_users.ended_at stamps.ts:4'],
  });
});
