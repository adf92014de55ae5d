// verify and status beside a ledger that Drizzle itself has written.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { gate } from '../../src/gate/gate.ts';
import { connect } from '../../src/postgres/connect.ts';
import { shipshape } from './shipshape-process.ts';

const models = `
import { integer, numeric, pgTable } from 'drizzle-orm/pg-core';
export const calls = pgTable('calls', { id: integer('id').primaryKey(), cost: numeric('cost') });
`;

let server: ScratchServer;
let root: string;
let url: string;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  root = mkdtempSync(join(import.meta.dirname, '.copy-'));
  mkdirSync(join(root, 'drizzle/meta'), { recursive: true });
  writeFileSync(join(root, 'schema.ts'), models);
  url = await server.createDatabase();
});
afterEach(() => rmSync(root, { recursive: true }));

const files = ['create table calls (id integer primary key);', 'alter table calls add column cost numeric;'];
/** As drizzle-kit leaves it once the first `count` migrations are generated. */
function writeFolder(count: number): void {
  const tags = ['0050_calls', '0051_cost'].slice(0, count);
  const entries = tags.map((tag, idx) => ({
    idx,
    version: '7',
    when: 1_700_000_000_000 + idx,
    tag,
    breakpoints: true,
  }));
  const journal = { version: '7', dialect: 'postgresql', entries };
  writeFileSync(join(root, 'drizzle/meta/_journal.json'), JSON.stringify(journal));
  for (const [at, tag] of tags.entries()) writeFileSync(join(root, `drizzle/${tag}.sql`), files[at] ?? '');
}
async function applyAll(): Promise<void> {
  const db = drizzle(url);
  await migrate(db, { migrationsFolder: join(root, 'drizzle') });
  await db.$client.end();
}
async function query(text: string): Promise<void> {
  const session = await connect(url);
  await session.query(text);
  await session.close();
}
const run = (command: string, ...args: string[]) =>
  shipshape([command, '--drizzle', 'schema.ts', '--migrations', 'drizzle', '--url', url, ...args], {
    cwd: root,
    env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres') },
  });
const said = (text: string) => text.replace(/\s+/g, ' ');

test('the pending one is named, with the command that applies it; by hand undone is drifted', async () => {
  writeFolder(1);
  await applyAll();
  writeFolder(2);
  expect((await run('snapshot')).exit).toBe(0);
  const pending = await run('verify');
  expect(pending.exit).toBe(1);
  expect(said(pending.stdout)).toContain('added by 0051_cost (pending)');
  expect(said(pending.stdout)).toContain(
    'drizzle.__drizzle_migrations does not have 0051_cost do npx drizzle-kit migrate',
  );
  expect(pending.stdout).not.toContain('shipshape migrate');
  // In production there are no files: the gate goes by the snapshot.
  const judged = await gate({
    application: 'calls',
    connection: url,
    snapshotFile: join(root, 'drizzle/shipshape.snapshot.json'),
    mode: 'warn',
  });
  expect(judged.findings).toMatchObject([
    { code: 'pending-migration', migration: '0051_cost', do: 'npx drizzle-kit migrate' },
  ]);
  const status = await run('status');
  expect(status.exit).toBe(1);
  expect(said(status.stdout)).toMatch(
    /0050_calls applied 0051_cost pending do npx shipshape migrate or npx drizzle-kit migrate read drizzle.__drizzle_migrations/,
  );

  await applyAll();
  expect((await run('verify')).exit).toBe(0);
  expect((await run('status')).exit).toBe(0);
  await query('ALTER TABLE calls DROP COLUMN cost');
  expect(said((await run('verify')).stdout)).toContain('added by 0051_cost (applied)');
});

test('a ledger under another name is read where it is named, by flag or configuration', async () => {
  writeFolder(2);
  await applyAll();
  expect((await run('snapshot')).exit).toBe(0);
  await query('ALTER TABLE drizzle.__drizzle_migrations RENAME TO done');
  const unnamed = await run('status');
  expect(unnamed.exit).toBe(1);
  expect(said(unnamed.stdout)).toContain('there is no table drizzle.__drizzle_migrations');
  expect((await run('status', '--ledger', 'drizzle.done')).exit).toBe(0);
  writeFileSync(join(root, 'shipshape.config.json'), '{ "ledger": "drizzle.done" }');
  expect((await run('status')).exit).toBe(0);
});

test('status of files that tell no tool cannot say what is applied: exit 4', async () => {
  mkdirSync(join(root, 'plain'));
  writeFileSync(join(root, 'plain/001-users.sql'), 'create table users ();');
  const { exit, stderr } = await shipshape(['status', '--migrations', 'plain', '--url', url], { cwd: root });
  expect(exit).toBe(4);
  expect(said(stderr)).toContain('which tool runs these files is not known');
});

describe('status says what applies what is pending', () => {
  const folders: Readonly<
    Record<string, readonly [Readonly<Record<string, string>>, readonly string[], string]>
  > = {
    dbmate: [
      { '1_a.sql': '-- migrate:up\nCREATE TABLE a ();\n-- migrate:down\nDROP TABLE a;\n' },
      [],
      'npx shipshape migrate or npx dbmate up',
    ],
    'programs of Knex': [
      { '1_a.js': "exports.up = (knex) => knex.raw('select 1');\n" },
      [],
      'npx knex migrate:latest or npx shipshape migrate --replay "npx knex migrate:latest", under its lock',
    ],
    'programs with a replay': [
      { '1_a.js': "exports.up = (knex) => knex.raw('select 1');\n" },
      ['--replay', 'npm run migrate'],
      'npx shipshape migrate calls "npm run migrate"',
    ],
    "SQL of dbmate's that its own runner keeps": [
      { '1_a.sql': '-- migrate:up\nCREATE TABLE a ();\n' },
      ['--replay', 'npx dbmate up'],
      'npx shipshape migrate calls "npx dbmate up"',
    ],
  };
  test.each(Object.entries(folders))('%s', async (_, [files, args, act]) => {
    mkdirSync(join(root, 'other'));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(root, 'other', name), text);
    const ask = (...more: readonly string[]) =>
      shipshape([...more, '--migrations', 'other', '--url', url, ...args], { cwd: root });
    const { exit, stdout } = await ask('status');
    expect([exit, said(stdout)]).toEqual([
      1,
      expect.stringContaining(`1 pending; the snapshot is missing. 1_a pending do ${act} read `),
    ]);
    if (!act.startsWith('npx shipshape migrate or')) return;
    expect((await ask('migrate')).exit).toBe(0);
    expect((await ask('status')).exit).toBe(0);
  });

  test('what Drizzle passes over, and what failed in Prisma and has left nothing', async () => {
    writeFolder(2);
    await applyAll();
    await query('DELETE FROM drizzle.__drizzle_migrations WHERE created_at = 1700000000000');
    expect(said((await run('status')).stdout)).toContain('0050_calls passed over 0051_cost applied');
    expect(said((await run('status')).stdout)).toContain(
      'do npx shipshape migrate --allow-out-of-order or give 0050_calls a "when"',
    );
    mkdirSync(join(root, 'prisma/1_a'), { recursive: true });
    writeFileSync(join(root, 'prisma/migration_lock.toml'), 'provider = "postgresql"\n');
    writeFileSync(join(root, 'prisma/1_a/migration.sql'), 'CREATE TABLE a ();');
    const status = () => shipshape(['status', '--migrations', 'prisma', '--url', url], { cwd: root });
    expect((await shipshape(['migrate', '--migrations', 'prisma', '--url', url], { cwd: root })).exit).toBe(
      0,
    );
    await query('DROP TABLE a; UPDATE _prisma_migrations SET finished_at = NULL');
    expect(said((await status()).stdout)).toContain(
      '1_a failed do npx shipshape migrate or npx prisma migrate deploy',
    );
    writeFileSync(join(root, 'prisma/1_a/migration.sql'), 'INSERT INTO b SELECT 1; SELECT 1;');
    expect(said((await status()).stdout)).toContain('do npx prisma migrate resolve --rolled-back 1_a');
  });
});
