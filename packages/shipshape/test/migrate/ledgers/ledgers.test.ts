// The ledgers of other tools, as the tools themselves write them: what is applied here, and what is not.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ForeignLedger } from '../../../src/migrate/ledgers/foreign-ledger.ts';
import { readForeignLedger, readLedgerOfSnapshot } from '../../../src/migrate/ledgers/read-foreign-ledger.ts';
import { readFolder } from '../../../src/migrate/read-folder.ts';
import { connect } from '../../../src/postgres/connect.ts';
import type { Session } from '../../../src/postgres/session.ts';
import { matrix, tools } from './tools.ts';

const isInstalled = existsSync(join(matrix, 'knex'));

test('CI installs the tools (npm run matrix:install); elsewhere the rest is skipped without them', () => {
  expect(isInstalled || process.env.CI === undefined).toBe(true);
});

let server: ScratchServer;
let folder: string;
let url: string;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shipshape-ledger-'));
  url = await server.createDatabase();
});
afterEach(() => rmSync(folder, { recursive: true }));

async function inDatabase<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
  const session = await connect(url);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

const toolNamed = (name: string) => tools.find((each) => each.name === name)!;

async function read(table: string | null = null): Promise<ForeignLedger> {
  const reading = await inDatabase(async (session) =>
    readForeignLedger(session, await readFolder(folder), table),
  );
  expect(reading).toMatchObject({ kind: 'read' });
  if (reading.kind !== 'read') throw new Error(reading.because);
  return reading.ledger;
}

describe.runIf(isInstalled).each(tools)('$name', ({ name, write, apply }) => {
  test('what it applied is applied, and what came since is not', async () => {
    const applied = [write(folder, 1), write(folder, 2)];
    await apply(folder, url);
    const later = write(folder, 3);
    const read = await readFolder(folder);
    expect(read.tool).toBe(name);
    expect(read.migrations.map(({ id }) => id)).toEqual([...applied, later]);
    const [reading, ofSnapshot] = await inDatabase(async (session) => [
      await readForeignLedger(session, read, null),
      await readLedgerOfSnapshot(session, read.migrations, null),
    ]);
    if (reading.kind !== 'read') throw new Error(reading.because);
    expect(reading.ledger.entries.map(({ id }) => id)).toEqual(applied);
    expect([...reading.ledger.edited, ...reading.ledger.hindered]).toEqual([]);
    // Production has no files: the same from their names and checksums.
    expect(ofSnapshot).toMatchObject({ tool: name, table: reading.ledger.table });
    expect(ofSnapshot?.entries.map(({ id }) => id)).toEqual(applied);
  });

  test('without its table nothing is known', async () => {
    write(folder, 1);
    const reading = await inDatabase(async (session) =>
      readForeignLedger(session, await readFolder(folder), null),
    );
    expect(reading).toMatchObject({ kind: 'unread', tool: name, missing: true });
  });
});

describe.runIf(isInstalled)('Prisma', () => {
  const { write, apply } = toolNamed('Prisma');

  test('a migration that failed is not applied, and deploy is not what helps', async () => {
    write(folder, 1);
    const failing = write(folder, 2);
    writeFileSync(join(folder, failing, 'migration.sql'), 'create table t1 ();');
    await expect(apply(folder, url)).rejects.toThrow(/already exists/);
    const { entries, hindered } = await read();
    expect(entries).toHaveLength(1);
    expect([...hindered]).toEqual([
      [failing, { state: 'failed', act: expect.stringContaining(`--rolled-back ${failing}`) }],
    ]);
    // What `migrate resolve --rolled-back` does.
    await inDatabase((session) =>
      session.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE finished_at IS NULL'),
    );
    expect((await read()).hindered.size).toBe(0);
  });

  test('an edited file is told, other line endings are not', async () => {
    const [first, second] = [write(folder, 1), write(folder, 2)];
    writeFileSync(join(folder, first, 'migration.sql'), 'create table t1\n();\n');
    await apply(folder, url);
    writeFileSync(join(folder, first, 'migration.sql'), 'create table t1\r\n();\r\n');
    expect((await read()).edited).toEqual(new Set());
    writeFileSync(join(folder, second, 'migration.sql'), 'create table t2 ();');
    expect((await read()).edited).toEqual(new Set([second]));
  });
});

describe.runIf(isInstalled)('Drizzle', () => {
  const { write, apply } = toolNamed('Drizzle');

  test('an entry below the newest row is passed over, as Drizzle does', async () => {
    write(folder, 1);
    write(folder, 3);
    await apply(folder, url);
    const late = write(folder, 2);
    await apply(folder, url);
    const { entries, hindered } = await read();
    expect(entries.map(({ id }) => id)).toEqual(['0001_t1', '0003_t3']);
    expect([...hindered]).toEqual([[late, { state: 'passed over', act: expect.stringContaining('"when"') }]]);
    const { rows } = await inDatabase((session) => session.query(`SELECT to_regclass('t2') AS found`));
    expect(rows).toEqual([{ found: null }]);
  });

  test('a table of another name is read where it is named', async () => {
    write(folder, 1);
    await apply(folder, url);
    await inDatabase((session) =>
      session.query(
        'CREATE SCHEMA ops; ALTER TABLE drizzle.__drizzle_migrations RENAME TO "Done"; ALTER TABLE drizzle."Done" SET SCHEMA ops',
      ),
    );
    const { table, entries } = await read('ops.Done');
    expect([table, entries.length]).toEqual(['ops."Done"', 1]);
  });
});

test("a table of the app's own that is called the same is no ledger", async () => {
  toolNamed('TypeORM').write(folder, 1);
  await inDatabase((session) => session.query('CREATE TABLE migrations (bird text, wintering text)'));
  const reading = await inDatabase(async (session) =>
    readForeignLedger(session, await readFolder(folder), null),
  );
  expect(reading).toMatchObject({ kind: 'unread', missing: true });
});

test('a role that may not read it is told', async () => {
  const { write } = toolNamed('dbmate');
  write(folder, 1);
  const reading = await inDatabase(async (session) => {
    await session.query('CREATE TABLE schema_migrations (version varchar PRIMARY KEY); CREATE ROLE reader');
    await session.query('SET ROLE reader');
    return readForeignLedger(session, await readFolder(folder), null);
  });
  expect(reading).toMatchObject({
    kind: 'unread',
    missing: false,
    because: 'this role may not read schema_migrations',
  });
});

test('goose: the newest row of a version decides', async () => {
  writeFileSync(join(folder, '00001_t1.sql'), '-- +goose Up\nselect 1;\n');
  writeFileSync(join(folder, '00002_t2.sql'), '-- +goose Up\nselect 1;\n');
  await inDatabase((session) =>
    session.query(`CREATE TABLE goose_db_version (id serial PRIMARY KEY, version_id bigint NOT NULL, is_applied boolean NOT NULL, tstamp timestamp DEFAULT now());
      INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true), (1, true), (2, true), (2, false)`),
  );
  expect((await read()).entries.map(({ id }) => id)).toEqual(['00001_t1']);
});

test('sql-migrate: ids are names of files', async () => {
  writeFileSync(join(folder, '001_t1.sql'), '-- +migrate Up\nselect 1;\n');
  writeFileSync(join(folder, '002_t2.sql'), '-- +migrate Up\nselect 1;\n');
  await inDatabase((session) =>
    session.query(`CREATE TABLE gorp_migrations (id text PRIMARY KEY, applied_at timestamptz);
      INSERT INTO gorp_migrations VALUES ('001_t1.sql', '2024-01-01 00:00:00Z')`),
  );
  expect((await read()).entries).toMatchObject([{ id: '001_t1', appliedAt: '2024-01-01T00:00:00.000Z' }]);
});
