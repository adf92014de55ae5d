// The gate in a process of its own: what it lets start, what it refuses, with which exit code, and what it loads.
import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { migrateDatabase } from '../../src/deploy/migrate.ts';
import { gate } from '../../src/gate/gate.ts';
import { GateRefusal } from '../../src/gate/refusal.ts';
import { connect } from '../../src/postgres/connect.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import { writeSnapshot } from '../../src/prove/write-snapshot.ts';
import { drizzle } from '../../src/sources/drizzle/index.ts';

const app = join(import.meta.dirname, 'app.mjs');
const baseline = `create table customer (
  id integer generated always as identity primary key,
  name varchar(80) not null default 'nobody'
);`;
const later = 'create table purchase (id integer primary key, customer_id integer);';
const models = `
import { integer, pgTable, varchar } from 'drizzle-orm/pg-core';
export const customer = pgTable('customer', {
  id: integer('id').primaryKey().generatedAlwaysAsIdentity(),
  name: varchar('name', { length: 80 }).notNull().default('nobody'),
});
export const purchase = pgTable('purchase', { id: integer('id').primaryKey(), customerId: integer('customer_id') });
`;

let server: ScratchServer;
let root: string;
let folder: string;
let snapshotFile: string;
let url: string;
beforeAll(async () => {
  server = await startScratchServer();
  root = mkdtempSync(join(import.meta.dirname, '.copy-'));
  folder = mkdtempSync(join(root, 'migrations-'));
  writeFileSync(join(root, 'schema.ts'), models);
  writeFileSync(join(folder, '0001_shop.sql'), baseline);
  writeFileSync(join(folder, '0002_purchase.sql'), later);
  snapshotFile = join(folder, 'shipshape.snapshot.json');
  const source = drizzle({ schema: 'schema.ts', root });
  await writeSnapshot({ source, folder, snapshotFile, scratchUrl: server.url('postgres') });
});
afterAll(async () => {
  rmSync(root, { recursive: true });
  await server.stop();
});
beforeEach(async () => {
  url = await server.createDatabase();
  await migrateDatabase({ target: parseTarget(url, {}), folder, snapshotFile, on: () => undefined });
});

async function sql(...statements: readonly string[]): Promise<void> {
  const session = await connect(url);
  for (const statement of statements) await session.query(statement);
  await session.close();
}

interface Started {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function startApp(env: NodeJS.ProcessEnv = {}): Promise<Started> {
  const child = spawn(process.execPath, [app], {
    env: { ...process.env, NO_COLOR: '1', DATABASE_URL: url, SNAPSHOT: snapshotFile, ...env },
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, stdout, stderr }));
  });
}

test('lets a process start on a database that has what it needs, and says what was compared', async () => {
  const { exit, stdout, stderr } = await startApp();
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(stdout).toMatch(/^✓ shop may start: the database has what its code needs\.\n/);
  expect(stdout).toMatch(
    /checked 2 tables, 4 columns, 2 unique keys, 0 enums of postgres:\/\/\S+ in \d+ ms\n/,
  );
  expect(stdout).toMatch(/listening\n$/);
});

test('a wider database is enough: need, not equality', async () => {
  await sql('alter table customer add column extra text', 'create table audit (id integer)');
  expect((await startApp()).exit).toBe(0);
});

test('refuses before anything listens, naming column, line, migration and act', async () => {
  await sql('alter table purchase drop column customer_id');
  const { exit, stdout, stderr } = await startApp();
  expect(exit).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain('✗ shop may not start: the database lacks 1 column that its code reads.');
  expect(stderr).toMatch(/purchase\.customer_id +schema\.ts:7 +added by 0002_purchase \(applied\)/);
  expect(stderr).toContain('ALTER TABLE purchase ADD COLUMN customer_id integer;');
  expect(stderr).toContain('checked 2 tables, 3 columns');
});

test('what is missing was not compared, and is not counted', async () => {
  await sql('drop table purchase');
  const { stderr } = await startApp();
  expect(stderr).toContain('checked 1 table, 2 columns, 1 unique key, 0 enums');
});

test('warns and starts only where that was chosen', async () => {
  await sql('drop table purchase');
  const { exit, stdout } = await startApp({ MODE: 'warn' });
  expect(exit).toBe(0);
  expect(stdout).toContain('shop starts although the database lacks 1 table that its code reads.');
  expect(stdout).toMatch(/listening\n$/);
});

describe.each(['enforce', 'warn'])('mode %s', (MODE) => {
  test('a server that cannot be reached is its own finding, not a missing schema', async () => {
    const { exit, stdout, stderr } = await startApp({
      MODE,
      DATABASE_URL: 'postgres://app:s3cret@127.0.0.1:1/calls',
    });
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: '' });
    expect(stderr).toContain('postgres://app@127.0.0.1:1/calls cannot be reached');
    expect(stderr).not.toMatch(/lacks|missing|s3cret/);
  });
});

test('a table that somebody keeps locked does not keep a start waiting', async () => {
  const session = await connect(url);
  await session.query('begin; lock table customer in access exclusive mode');
  const { exit, stderr } = await startApp();
  await session.close();
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
});

test('nor does one whose expressions cannot be printed meanwhile make it hang, and whoever holds it is named', async () => {
  await sql('alter table customer add column initial text generated always as (left(name, 1)) stored');
  const session = await connect(url);
  await session.query('begin; lock table customer in access exclusive mode');
  const { exit, stderr } = await startApp();
  await session.close();
  expect(exit).toBe(4);
  expect(stderr).toContain(`held by pid ${session.pid} on customer`);
  expect(stderr).not.toMatch(/lacks|missing/);
});

test('a history that was edited is told, and the code that has all it needs starts', async () => {
  await sql("update shipshape.ledger set checksum = 'sha256:other' where id = '0001_shop'");
  const { exit, stdout } = await startApp();
  expect(exit).toBe(0);
  expect(stdout).toContain('0001_shop was edited after it was applied');
});

test('a default that somebody changed is a warning; the ORM spells it otherwise than the server, which is none', async () => {
  expect((await startApp()).stdout).not.toContain('default');
  await sql("alter table customer alter column name set default 'somebody'");
  const { exit, stdout } = await startApp();
  expect(exit).toBe(0);
  expect(stdout).toContain('customer.name');
});

test('without a snapshot it judges, and says what it could not', async () => {
  const { exit, stdout } = await startApp({ SNAPSHOT: join(root, 'nowhere.json') });
  expect(exit).toBe(0);
  expect(stdout).toContain('nowhere.json');
  await sql('drop table purchase');
  expect((await startApp({ SNAPSHOT: join(root, 'nowhere.json') })).exit).toBe(1);
});

describe('without the models, as an image without sources is', () => {
  const judge = (over: Partial<Parameters<typeof gate>[0]> = {}) =>
    gate({ application: 'shop', connection: url, snapshotFile, ...over });

  test('the need is the one that the snapshot kept, lines and all', async () => {
    const { findings, coverage } = await judge();
    expect(findings).toEqual([]);
    expect(coverage).toMatchObject({ tables: 2, columns: 4, notCompared: [{ what: 'models' }] });
    await sql('alter table purchase drop column customer_id');
    const refusal = await judge().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(GateRefusal);
    expect((refusal as GateRefusal).findings).toMatchObject([
      { code: 'drifted-schema', origin: { file: 'schema.ts', line: 7 }, migration: '0002_purchase' },
    ]);
  });

  test('and without a snapshot nothing can be judged: that is never agreed', async () => {
    for (const mode of ['enforce', 'warn'] as const)
      await expect(judge({ snapshotFile: join(root, 'nowhere.json'), mode })).rejects.toMatchObject({
        exit: 2,
        findings: [{ code: 'need-unknown' }],
      });
  });

  test('findings are as grave as the application says', async () => {
    await sql('alter table purchase drop column customer_id');
    const { findings, verdict } = await judge({ severities: { purchase: { existence: 'note' } } });
    expect({ verdict, severity: findings[0]?.severity }).toEqual({ verdict: 'agreed', severity: 'note' });
  });
});

test('where another tool keeps the history, no command of ours is named', async () => {
  await sql(
    'drop schema shipshape cascade',
    'create table _prisma_migrations (id text)',
    'drop table purchase',
  );
  const { exit, stderr } = await startApp();
  expect(exit).toBe(1);
  expect(stderr.replace(/\n +/g, ' ')).toContain('The ledger of Prisma is not read');
  expect(stderr).not.toContain('shipshape migrate');
});

test('a table under another name is named, although only what is needed was read', async () => {
  await sql('alter table purchase rename to "Purchase"');
  expect((await startApp()).stderr).toContain('(there is "Purchase")');
});

test('loads no TypeScript, no parser of SQL, no server and no command line', async () => {
  const coverage = mkdtempSync(join(tmpdir(), 'shipshape-gate-'));
  expect((await startApp({ NODE_V8_COVERAGE: coverage })).exit).toBe(0);
  const urls = readdirSync(coverage).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(coverage, name), 'utf8')) as {
      result: { url: string }[];
    };
    return result.map((each) => each.url);
  });
  rmSync(coverage, { recursive: true });
  const packages = new Set(
    urls.flatMap((each) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(each)?.[1] ?? []),
  );
  expect(packages).toContain('drizzle-orm');
  for (const name of ['typescript', 'jiti', 'libpg-query', 'commander']) expect(packages).not.toContain(name);
  const rooms = new Set(urls.flatMap((each) => /packages\/shipshape\/dist\/(\w+)\//.exec(each)?.[1] ?? []));
  expect(rooms).toContain('gate');
  for (const room of ['cli', 'prove', 'elaborate']) expect(rooms).not.toContain(room);
  expect(urls.filter((each) => /packages\/embedded\//.test(each))).toEqual([]);
});
