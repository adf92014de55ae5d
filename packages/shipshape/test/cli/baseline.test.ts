// baseline and adopt as people run them, on databases that were built by hand or by another tool.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeProject } from './shipshape-process.ts';
import { useWorkplace } from './use-workplace.ts';

const workplace = useWorkplace(makeProject);
const { run, query } = workplace;
const at = (name: string) => join(workplace.folder, 'migrations', name);

/** What 0001_first makes, in other words than its own. */
const byHand = [
  'CREATE TABLE business (id integer NOT NULL, name text NOT NULL)',
  'ALTER TABLE business ADD PRIMARY KEY (id)',
  "CREATE TABLE call_log (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, business_id integer NOT NULL, status varchar(32) DEFAULT 'new')",
  'ALTER TABLE call_log ADD FOREIGN KEY (business_id) REFERENCES business (id) ON DELETE CASCADE',
];
const both = [
  ...byHand,
  'ALTER TABLE call_log ADD COLUMN recording_mode varchar(32)',
  'CREATE INDEX call_log_business_idx ON call_log (business_id, id)',
];
const ledger = () => query('SELECT id, checksum FROM shipshape.ledger ORDER BY id');
const hash = (name: string) =>
  createHash('sha256')
    .update(readFileSync(at(name)))
    .digest('hex');

async function expectNothingMarked(): Promise<void> {
  expect(await query("SELECT to_regclass('shipshape.ledger') AS ledger")).toEqual([{ ledger: null }]);
}

describe('baseline', () => {
  test('marks what the database has; migrate then applies the rest alone', async () => {
    await query(...byHand);
    const dry = await run('baseline', '1', '--dry-run');
    expect(dry).toMatchObject({ exit: 0, stderr: '' });
    expect(dry.stdout).toContain('0001_first would be marked as applied\nnothing was done: 1 migration');
    await expectNothingMarked();
    const { exit, stdout, stderr } = await run('baseline', '0001_first');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(
      /^0001_first marked as applied\n✓ 1 migration marked as applied; postgres:.* has what it makes\n$/,
    );
    expect(await ledger()).toEqual([{ id: '0001_first', checksum: `sha256:${hash('0001_first.sql')}` }]);
    const again = await run('baseline', '1');
    expect([again.exit, again.stdout]).toEqual([
      0,
      expect.stringContaining('nothing to do: all up to 0001_first'),
    ]);
    const rest = await run('migrate', '--json');
    expect(JSON.parse(rest.stdout).applied).toMatchObject([{ id: '0002_recording_mode' }]);
  });

  test.each([
    ['a type', 'ALTER TABLE call_log ALTER status TYPE varchar(40)', 'character varying(40)'],
    ['a nullability', 'ALTER TABLE business ALTER name DROP NOT NULL', 'business.name'],
    ['a default', "ALTER TABLE call_log ALTER status SET DEFAULT 'old'", 'default of call_log.status'],
    ['a key', 'ALTER TABLE call_log DROP CONSTRAINT call_log_business_id_fkey', 'call_log_business_id_fkey'],
    ['an index', 'DROP INDEX call_log_business_idx', 'call_log_business_idx'],
    ['a column', 'ALTER TABLE call_log DROP COLUMN recording_mode', 'call_log.recording_mode'],
  ])('refuses another state of %s, and marks nothing', async (_, statement, told) => {
    await query(...both, statement);
    for (const flags of [['--dry-run'], []]) {
      const { exit, stdout, stderr } = await run('baseline', '2', ...flags);
      expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
      expect(stderr).toContain(told);
      expect(stderr).toContain('never run here');
    }
    await expectNothingMarked();
  });

  test('what is more on a table of the files is a warning; other tables are nobody’s', async () => {
    await query(...both, 'CREATE TABLE other (id integer)');
    const { exit, stdout, stderr } = await run('baseline', '1');
    expect([exit, stdout]).toEqual([0, expect.stringContaining('1 migration marked')]);
    expect(stderr).toContain('call_log.recording_mode');
    expect(stderr).not.toContain('other');
  });

  test('an edited file in the ledger, an unknown name and a folder of another tool are refused', async () => {
    await query(...both);
    expect((await run('baseline', '7')).exit).toBe(2);
    expect((await run('baseline', '1')).exit).toBe(0);
    writeFileSync(at('0001_first.sql'), `${readFileSync(at('0001_first.sql'), 'utf8')}\n-- edited\n`);
    const edited = await run('baseline', '2');
    expect([edited.exit, edited.stderr]).toEqual([3, expect.stringContaining('0001_first was edited')]);
    const foreign = await run('baseline', '1', '--migrations-format', 'sql');
    expect([foreign.exit, foreign.stderr]).toEqual([
      2,
      expect.stringContaining('nothing in it is to be marked'),
    ]);
  });
});

const prisma = `CREATE TABLE _prisma_migrations (id varchar(36) PRIMARY KEY, checksum varchar(64) NOT NULL,
  finished_at timestamptz, migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`;
const prismaRow = (id: number, name: string, finished = 'now()', rolledBack = 'NULL', checksum = '0') =>
  `INSERT INTO _prisma_migrations (id, checksum, finished_at, migration_name, rolled_back_at)
   VALUES ('${id}', '${checksum}', ${finished}, '${name}', ${rolledBack})`;
const drizzle = [
  'CREATE SCHEMA drizzle',
  'CREATE TABLE drizzle.__drizzle_migrations (id serial PRIMARY KEY, hash text NOT NULL, created_at bigint)',
];

describe('adopt', () => {
  test('a ledger of Drizzle, by the SHA-256 of the files', async () => {
    const row = `INSERT INTO drizzle.__drizzle_migrations (hash, created_at) VALUES ('${hash('0001_first.sql')}', 1700000000000)`;
    await query(...byHand, ...drizzle, row);
    const { exit, stdout } = await run('adopt');
    expect(exit).toBe(0);
    expect(stdout).toContain('1 migration marked as applied, by drizzle.__drizzle_migrations');
    const rest = await run('migrate', '--json');
    expect(JSON.parse(rest.stdout).applied).toMatchObject([{ id: '0002_recording_mode' }]);
  });

  test('a ledger of Prisma, by names without the number; what was rolled back does not count', async () => {
    await query(...byHand, prisma, prismaRow(1, '20240102030405_first'));
    await query(
      prismaRow(2, '20240102030406_recording_mode', 'NULL', 'now()', hash('0002_recording_mode.sql')),
    );
    const { exit, stdout } = await run('adopt', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      marked: ['0001_first'],
      tool: 'Prisma',
      table: '_prisma_migrations',
    });
    expect(await ledger()).toHaveLength(1);
  });

  test('a ledger of plain names; a database that lacks what it says is refused', async () => {
    const table =
      'CREATE TABLE pgmigrations (id serial PRIMARY KEY, name varchar(255) NOT NULL, run_on timestamp NOT NULL)';
    const rows =
      "INSERT INTO pgmigrations (name, run_on) VALUES ('0001_first', now()), ('0002_recording_mode', now())";
    await query(...byHand, table, rows);
    const refused = await run('adopt');
    expect([refused.exit, refused.stderr]).toEqual([3, expect.stringContaining('call_log.recording_mode')]);
    await expectNothingMarked();
    await query(...both.slice(byHand.length));
    expect((await run('adopt')).exit).toBe(0);
    expect(await ledger()).toHaveLength(2);
    expect((await run('migrate')).stdout).toContain('nothing to do');
  });

  test('no ledger, rows of other files, a gap and a failure are refused with the way out', async () => {
    await query(...both);
    const none = await run('adopt');
    expect([none.exit, none.stderr]).toEqual([3, expect.stringContaining('shipshape baseline <migration>')]);
    await query(prisma, prismaRow(1, '20240102030405_other'));
    const others = await run('adopt');
    expect([others.exit, others.stderr]).toEqual([
      3,
      expect.stringContaining('no row of _prisma_migrations'),
    ]);
    await query(prismaRow(2, '20240102030406_recording_mode'));
    const gap = await run('adopt');
    expect([gap.exit, gap.stderr]).toEqual([3, expect.stringContaining('and not 0001_first')]);
    await query(prismaRow(3, '20240102030405_first', 'NULL'));
    const failed = await run('adopt');
    expect([failed.exit, failed.stderr]).toEqual([
      3,
      expect.stringContaining('20240102030405_first failed halfway'),
    ]);
    await expectNothingMarked();
  });
});
