// The schema shipshape as the first release made it: read as it is, and brought up to date by the next migrate.
import { expect, test } from 'vitest';
import { readHistory } from '../../src/migrate/ledger.ts';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { column, runFolder, useWorld } from './world.ts';

const world = useWorld();

const firstForm = `
  CREATE SCHEMA shipshape;
  CREATE TABLE shipshape.ledger (
    id text PRIMARY KEY, checksum text NOT NULL, started_at timestamptz NOT NULL, finished_at timestamptz NOT NULL,
    runner text NOT NULL, run_id text NOT NULL, token bigint NOT NULL);
  CREATE TABLE shipshape.lease (
    id integer PRIMARY KEY CHECK (id = 1), holder text, token bigint, taken_at timestamptz,
    expires_at timestamptz NOT NULL, pid integer, backend_start timestamptz);
  CREATE TABLE shipshape.fence (id integer PRIMARY KEY CHECK (id = 1), token bigint NOT NULL);
  INSERT INTO shipshape.lease (id, expires_at) VALUES (1, '-infinity');
  INSERT INTO shipshape.fence (id, token) VALUES (1, 6);
  INSERT INTO shipshape.ledger VALUES ('0001_a', $checksum, now(), now(), 'process 1', 'x', 6);
`;

test('a ledger of the first form is read as it is, and kept by the migrate that changes it', async () => {
  const { url, session } = await world.database();
  const folder = world.folder({ '0001_a.sql': 'create table a ()', '0002_b.sql': 'create table b ()' });
  const { migrations } = await readFolder(folder);
  await session.query(firstForm.replace('$checksum', `'${migrations[0]?.checksum}'`));
  const before = await readHistory(session, migrations);
  expect(before.applied.map(({ id }) => id)).toEqual(['0001_a']);
  expect(before.pending.map(({ id }) => id)).toEqual(['0002_b']);

  const { applied, exit } = await runFolder(url, folder);
  expect([exit, applied.map(({ id }) => id)]).toEqual([0, ['0002_b']]);
  expect(await column(session, 'SELECT scope || id || token FROM shipshape.ledger ORDER BY id')).toEqual([
    '0001_a6',
    '0002_b7',
  ]);
  expect((await readHistory(session, migrations)).pending).toEqual([]);
});

test('a lease of the first form that is held is waited for', async () => {
  const { url, session } = await world.database();
  const folder = world.folder({ '0001_a.sql': 'create table a ()', '0002_b.sql': 'create table b ()' });
  await session.query(firstForm.replace('$checksum', "'x'"));
  await session.query("UPDATE shipshape.lease SET expires_at = now() + interval '1 hour', holder = 'old'");
  const { exit, findings } = await runFolder(url, folder, { waitSeconds: 0.5 });
  expect(exit).toBe(5);
  expect(findings[0]?.what).toContain('old');
});
