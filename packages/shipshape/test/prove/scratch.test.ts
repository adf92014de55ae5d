// A named scratch server is left as it was: databases and roles that were made for a run go with it.
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeCatalog } from '../../src/catalog/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { connect } from '../../src/postgres/connect.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { openScratch } from '../../src/prove/scratch.ts';

let server: ScratchServer;
let admin: OwnSession;
beforeAll(async () => {
  server = await startScratchServer();
  admin = await connect(server.url('postgres'));
  await admin.query('CREATE ROLE reader NOLOGIN');
});
afterAll(async () => {
  await admin.close();
  await server.stop();
});

/** What models with a policy for these roles declare. */
const policed = (...roles: readonly string[]) =>
  makeCatalog([
    { kind: 'schema', schema: 'public' },
    { kind: 'table', schema: 'public', name: 't' },
    {
      kind: 'policy',
      schema: 'public',
      table: 't',
      name: 'p',
      command: 'all',
      permissive: true,
      roles,
      using: 'true',
      withCheck: null,
    },
  ]);

async function readServer(): Promise<readonly string[]> {
  const { rows } = await admin.query<{ name: string }>(
    `SELECT rolname AS name FROM pg_roles WHERE rolname !~ '^(pg_|postgres)'
     UNION ALL SELECT datname FROM pg_database WHERE datname LIKE 'shipshape%' ORDER BY 1`,
  );
  return rows.map(({ name }) => name);
}

const open = () => openScratch({ url: server.url('postgres') });

test('roles that policies name go with the databases that name them; one that was there stays', async () => {
  const scratch = await open();
  await elaborate(policed('reader', 'tenant', `it's "odd"`, 'PUBLIC'), await scratch.createDatabase());
  expect(await readServer()).toEqual(expect.arrayContaining(['tenant', `it's "odd"`]));
  await scratch.close();
  expect(await readServer()).toEqual(['reader']);
});

test('a role that another run uses as well goes with the last of them', async () => {
  const [one, other] = [await open(), await open()];
  await elaborate(policed('tenant'), await one.createDatabase());
  await elaborate(policed('tenant'), await other.createDatabase());
  await one.close();
  expect(await readServer()).toContain('tenant');
  await other.close();
  expect(await readServer()).toEqual(['reader']);
});

test('what a run that was cut off left behind goes with the next one', async () => {
  await admin.query(`CREATE ROLE tenant NOLOGIN;
    COMMENT ON ROLE tenant IS 'made by shipshape for the database shipshape_scratch_gone';
    COMMENT ON ROLE reader IS 'made by hand'`);
  await (await open()).close();
  expect(await readServer()).toEqual(['reader']);
});
