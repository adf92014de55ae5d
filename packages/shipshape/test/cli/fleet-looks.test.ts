// A fleet at a glance: status, verify and dry runs of many tenants, in schemas and in databases.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { isLong } from '../introspect/matrix.ts';
import { makeFolder } from './shipshape-process.ts';
import { useWorkplace } from './use-workplace.ts';

const workplace = useWorkplace(makeFolder);
const { query } = workplace;
const write = (name: string, text: string) => writeFileSync(join(workplace.folder, name), text);
const run = (...args: readonly string[]) =>
  workplace.run(...args, '--migrations', join(workplace.folder, 'migrations'));
const each = ['--each-schema', 'tenant_*'];
const tenants = (...names: readonly string[]) =>
  query(names.map((name) => `CREATE SCHEMA ${name};`).join('\n'));
const numbered = (many: number) =>
  Array.from({ length: many }, (_, at) => `tenant_${String(at + 1).padStart(4, '0')}`);
interface TenantTold {
  readonly tenant: string;
  readonly exit: number;
  readonly migrations: readonly { readonly state: string }[];
}
const calls = `CREATE TYPE mood AS ENUM ('in', 'out');
CREATE TABLE calls (id serial PRIMARY KEY, mood mood NOT NULL DEFAULT 'in', cost numeric);
CREATE TABLE legs (call integer REFERENCES calls (id), mood mood);
CREATE VIEW recent AS SELECT tenant_b.id, legs.mood FROM calls AS tenant_b JOIN legs ON legs.call = tenant_b.id;`;
const models = ['--schema-sql', 'models.sql'];

beforeEach(async () => {
  mkdirSync(join(workplace.folder, 'migrations'));
  write('migrations/0001_calls.sql', calls);
  write('migrations/0002_note.sql', 'ALTER TABLE calls ADD COLUMN note text;');
  write('models.sql', `${calls} ALTER TABLE calls ADD COLUMN note text;`);
});

describe('schemas', () => {
  test('status: a line for each that is not all right, and one for all', async () => {
    await tenants('tenant_a', 'tenant_b', 'tenant_c', 'other');
    expect((await run('migrate', ...each)).exit).toBe(0);
    await query(
      `DELETE FROM shipshape.ledger WHERE scope = 'tenant_b' AND id = '0002_note';
       UPDATE shipshape.ledger SET checksum = 'sha256:0' WHERE scope = 'tenant_c' AND id = '0001_calls'`,
    );
    const ran = await run('status', ...each);
    expect([ran.exit, ran.stderr]).toEqual([1, '']);
    expect(ran.stdout).toMatch(
      /^tenant_b: 1 pending \(0002_note\)\ntenant_c: 1 edited \(0001_calls\)\n✗ 3 tenants: 1 agreed, 2 disagree, in \d+ ms\n {2}do {7}npx shipshape verify --each-schema 'tenant_\*'\n$/,
    );
    const { exit, stdout } = await run('status', '--json', ...each);
    const { summary, snapshot, tenants: told } = JSON.parse(stdout);
    expect([exit, summary, snapshot]).toEqual([
      1,
      { tenants: 3, agreed: 1, disagreed: 2, unread: 0 },
      'missing',
    ]);
    expect(
      told.map(({ tenant, exit, migrations }: TenantTold) => [tenant, exit, migrations[1]?.state]),
    ).toEqual([
      ['tenant_a', 0, 'applied'],
      ['tenant_b', 1, 'pending'],
      ['tenant_c', 1, 'applied'],
    ]);
    await query("UPDATE shipshape.ledger SET checksum = 'x' WHERE scope = 'tenant_b'");
    await query("DELETE FROM shipshape.ledger WHERE scope IN ('tenant_b', 'tenant_c')");
    expect((await run('status', ...each)).stdout).toContain(
      "do       npx shipshape migrate --each-schema 'tenant_*'",
    );
  });

  test("verify: the need is judged in the tenant's schema, whatever lies in public or in another tenant", async () => {
    await tenants('tenant_a', 'tenant_b', 'tenant_c', 'tenant_d');
    expect((await run('snapshot', ...models)).exit).toBe(0);
    expect((await run('migrate', ...each)).exit).toBe(0);
    const all = await run('verify', ...each, ...models);
    expect([all.exit, all.stdout]).toEqual([
      0,
      expect.stringMatching(/^✓ 4 tenants: 4 agreed, in \d+ ms\n$/),
    ]);

    await query(
      `CREATE TABLE public.calls (LIKE tenant_a.calls INCLUDING ALL);
       ALTER TABLE tenant_b.calls DROP COLUMN note; DROP TABLE tenant_c.calls CASCADE;
       ALTER TABLE tenant_d.calls ALTER cost TYPE text;
       DELETE FROM shipshape.ledger WHERE scope = 'tenant_b' AND id = '0002_note'`,
    );
    const { exit, stdout } = await run('verify', ...each, ...models);
    expect(exit).toBe(1);
    expect(stdout).toMatch(
      /^tenant_b: pending: .*calls\.note.*\ntenant_c: drifted: .*calls.*\ntenant_d: drifted: .*calls\.cost.*\n✗ 4 tenants: 1 agreed, 3 disagree, in \d+ ms\n {2}do {7}npx shipshape migrate --each-schema 'tenant_\*'\n$/,
    );
    const told = JSON.parse((await run('verify', '--json', ...each, ...models)).stdout);
    expect(told.summary).toEqual({ tenants: 4, agreed: 1, disagreed: 3, unread: 0 });
    expect(told.tenants.map(({ verdict }: { verdict: string }) => verdict)).toEqual([
      'agreed',
      'pending',
      'drifted',
      'drifted',
    ]);
    expect(told.tenants[1].findings[0]).toMatchObject({
      code: 'pending-migration',
      address: 'calls.note',
      do: "npx shipshape migrate --each-schema 'tenant_*'",
    });

    // One is told as one database is, with SQL that can be run.
    const one = await run('verify', '--each-schema', 'tenant_d', ...models);
    expect([one.exit, one.stdout]).toEqual([1, expect.stringContaining('✗ drifted: tenant_d.')]);
    expect(one.stdout).not.toContain('shipshape repair');
    const sql = /(ALTER TABLE calls [^\n]*)/.exec(one.stdout)?.[1];
    const path = /do +(SET search_path TO [^\n]*)/.exec(one.stdout)?.[1];
    await query(String(path), String(sql));
    expect((await run('verify', '--each-schema', 'tenant_d', ...models)).exit).toBe(0);
  });

  test('without a snapshot, and for a tenant without any table', async () => {
    await tenants('tenant_a', 'tenant_b');
    expect((await run('migrate', '--each-schema', 'tenant_a')).exit).toBe(0);
    const { exit, stdout } = await run('verify', ...each, ...models);
    expect([exit, stdout]).toEqual([
      4,
      expect.stringMatching(/^tenant_b: .*\n✗ 2 tenants: 1 agreed, 1 could not be read/),
    ]);
  });

  test("another tool's folder is refused, as migrate refuses it", async () => {
    await tenants('tenant_a');
    mkdirSync(join(workplace.folder, 'dbmate'));
    write('dbmate/1_a.sql', '-- migrate:up\nSELECT 1;\n-- migrate:down\n');
    for (const command of ['status', 'verify', 'migrate']) {
      const { exit, stderr } = await workplace.run(
        command,
        ...each,
        '--migrations',
        'dbmate',
        '--schema-sql',
        'models.sql',
      );
      expect([exit, stderr]).toEqual([2, expect.stringContaining('dbmate')]);
    }
  });

  test('a dry run says once what is the same in several', async () => {
    await tenants('tenant_a', 'tenant_b', 'tenant_c');
    expect((await run('migrate', '--each-schema', 'tenant_c', '--to', '1')).exit).toBe(0);
    const { exit, stdout } = await run('migrate', '--dry-run', ...each);
    expect([exit, stdout]).toEqual([
      0,
      'tenant_a, tenant_b would apply 0001_calls, 0002_note\ntenant_c would apply 0002_note\nnothing was done: 3 tenants with pending migrations, 0 without\n',
    ]);
  });
});

describe('databases', () => {
  let urls: readonly string[];
  beforeEach(async () => {
    const url = workplace.env.DATABASE_URL;
    const name = String((await workplace.ask('SELECT current_database()'))[0]);
    await query(`CREATE DATABASE "${name}_b"`, `CREATE DATABASE "${name}_c"`);
    urls = ['', '_b', '_c'].map((end) => url.replace(`/${name}`, `/${name}${end}`));
    write('all.txt', urls.join('\n'));
    write('some.txt', [urls[0], 'postgres://app:hush@127.0.0.1:1/gone', urls[2]].join('\n'));
  });
  const dry = (file: string, ...args: readonly string[]) =>
    run('migrate', '--dry-run', '--each-url', file, ...args);

  test('status, verify and a dry run, one of them not reached: exit 4, and no password is printed', async () => {
    expect((await run('snapshot', ...models)).exit).toBe(0);
    expect((await run('migrate', '--url', String(urls[2]))).exit).toBe(0);
    const status = await run('status', '--each-url', 'some.txt');
    expect([status.exit, status.stdout]).toEqual([
      4,
      expect.stringMatching(
        /: 2 pending \(0001_calls, 0002_note\)\npostgres:\/\/app@127\.0\.0\.1:1\/gone: could not be read\n✗ 3 tenants: 1 agreed, 1 disagrees, 1 could not be read, in \d+ ms\n {2}do {7}npx shipshape migrate --each-url some\.txt\n$/,
      ),
    ]);
    expect(status.stderr).toContain('postgres://app@127.0.0.1:1/gone: ');
    const verify = await run('verify', '--each-url', 'some.txt', ...models);
    expect([verify.exit, verify.stdout]).toEqual([
      4,
      expect.stringContaining('3 tenants: 1 agreed, 2 could not be read'),
    ]);
    const looked = await dry('some.txt');
    expect([looked.exit, looked.stdout]).toEqual([
      4,
      expect.stringMatching(
        /0001_calls would\n {2}create enum mood[\s\S]*\n0002_note would\n[\s\S]*\nnothing was done: 1 tenant with pending migrations, 1 without, 1 where none would be applied\n$/,
      ),
    ]);
    for (const { stdout, stderr } of [status, verify, looked]) expect(stdout + stderr).not.toContain('hush');
  });

  test("another tool's folder goes database by database", async () => {
    mkdirSync(join(workplace.folder, 'dbmate'));
    write('dbmate/1_a.sql', '-- migrate:up\nCREATE TABLE a ();\n-- migrate:down\n');
    const ask = (...args: readonly string[]) => workplace.run(...args, '--migrations', 'dbmate');
    expect((await ask('migrate', '--url', String(urls[0]))).exit).toBe(0);
    const status = await ask('status', '--each-url', 'all.txt');
    expect([status.exit, status.stdout]).toEqual([
      1,
      expect.stringMatching(
        /^postgres:\S+_b\S*: 1 pending \(1_a\)\npostgres:\S+_c\S*: 1 pending \(1_a\)\n✗ 3 tenants: 1 agreed, 2 disagree/,
      ),
    ]);
    expect((await ask('migrate', '--dry-run', '--each-url', 'all.txt')).stdout).toContain(
      'nothing was done: 2 tenants with pending migrations, 1 without',
    );
    expect((await ask('migrate', '--each-url', 'all.txt')).exit).toBe(0);
    expect((await ask('status', '--each-url', 'all.txt')).exit).toBe(0);
  });

  test('a dry run tells once what is the same, in the form of one database, and does nothing', async () => {
    expect((await run('migrate', '--url', String(urls[2]), '--to', '1')).exit).toBe(0);
    const { exit, stdout } = await dry('all.txt');
    expect(exit).toBe(0);
    expect(stdout.match(/0001_calls would/g)?.length).toBe(1);
    expect(stdout).toMatch(/^postgres:\S+, postgres:\S+_b\S*:\n0001_calls would\n/);
    expect(stdout).toMatch(/_c\S*:\n0002_note would\n {2}add calls\.note text {5}\(ACCESS EXCLUSIVE/);
    expect(stdout).toMatch(/nothing was done: 3 tenants with pending migrations, 0 without\n$/);
    const { tenants: told } = JSON.parse((await dry('all.txt', '--json')).stdout);
    expect(told.map(({ pending }: { pending: readonly object[] }) => pending.length)).toEqual([2, 2, 1]);
    expect((await run('status', '--each-url', 'all.txt', '--json')).exit).toBe(1);
    expect(await workplace.ask("SELECT to_regnamespace('shipshape')::text")).toEqual([null]);
  });
});

test.each([
  [['status', '--concurrency', '2'], '--concurrency is of several tenants'],
  [['verify', '--each-schema', 'a', '--each-url', 'b'], 'exclude each other'],
  [['status', '--each-schema', 'client_*'], 'no schema of'],
])('%j is asked wrongly', async (args, told) => {
  const { exit, stderr } = await run(...args, ...(args[0] === 'verify' ? models : []));
  expect([exit, stderr]).toEqual([2, expect.stringContaining(told)]);
});

const many = isLong ? 1000 : 100;
test(`${many} schemas are looked at by a few questions`, async () => {
  const names = numbered(many);
  for (let at = 0; at < many; at += 50) await tenants(...names.slice(at, at + 50));
  expect((await run('snapshot', ...models)).exit).toBe(0);
  expect((await run('migrate', ...each, '--concurrency', '8')).exit).toBe(0);
  await query('ALTER TABLE tenant_0042.calls DROP COLUMN note');
  // Every statement of the two looks is counted by the server.
  const asked = async () =>
    Number(
      (
        await workplace.ask(
          'SELECT xact_commit + xact_rollback FROM pg_stat_database WHERE datname = current_database()',
        )
      )[0],
    );
  const before = await asked();
  const status = await run('status', ...each);
  expect([status.exit, status.stdout]).toEqual([0, expect.stringContaining(`${many} agreed`)]);
  const verify = await run('verify', ...each, ...models);
  expect([verify.exit, verify.stdout]).toEqual([
    1,
    expect.stringMatching(
      new RegExp(`^tenant_0042: drifted: .*calls\\.note.*\n✗ ${many} tenants: ${many - 1} agreed`),
    ),
  ]);
  expect((await asked()) - before).toBeLessThan(60);
}, 600_000);
