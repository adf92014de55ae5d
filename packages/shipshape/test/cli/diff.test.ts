// diff as a process: any two sides, in a folder and on databases that know nothing of Shipshape.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import { makeFolder, type Project, packageFolder, type Ran, shipshape } from './shipshape-process.ts';

const models = `
import { integer, pgTable, text } from 'drizzle-orm/pg-core';
export const users = pgTable('users', {
  id: integer('id').primaryKey(),
  name: text('name').notNull().default('nobody'),
});
`;
const users = "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'nobody');";

let server: ScratchServer;
let place: Project;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  place = makeFolder();
  symlinkSync(join(packageFolder, '../../node_modules'), join(place.folder, 'node_modules'));
  mkdirSync(join(place.folder, 'migrations'));
  write('schema.ts', models);
  write('migrations/0001_users.sql', users);
});
afterEach(() => place.remove());

const write = (file: string, text: string) => writeFileSync(join(place.folder, file), text);
const run = (...args: string[]): Promise<Ran> =>
  shipshape(['diff', ...args], {
    cwd: place.folder,
    env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres'), SHIPSHAPE_DRIZZLE: 'schema.ts' },
  });

async function makeDatabase(sql: string): Promise<string> {
  const url = await server.createDatabase();
  const session = await connect(url);
  await session.query(sql);
  await session.close();
  return `url:${url}`;
}

interface Report {
  readonly version: number;
  readonly verdict: string | null;
  readonly coverage: { readonly notCompared?: readonly { readonly what: string; readonly count?: number }[] };
  readonly findings: readonly Record<string, unknown>[];
}
const report = ({ stdout }: Ran): Report => JSON.parse(stdout) as Report;

describe('any two sides', () => {
  test.each([
    ['models', 'migrations:migrations'],
    ['migrations:migrations', 'models'],
    ['models', 'sql:users.sql'],
    ['sql:users.sql', 'migrations:migrations'],
    ['models', 'models'],
  ])('%s %s: one and the same, exit 0', async (from, to) => {
    // The same value in other words.
    write('users.sql', users.replace("'nobody'", "CAST('nobody' AS text)"));
    const ran = await run(from, to);
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^✓ [\w ]+ and [\w ]+ agree\.\n/);
    expect(ran.stdout).toMatch(/checked 1 table, 2 columns, 1 unique key, 0 enums, 0 other things of /);
  });

  test('a database, and a snapshot of what built it', async () => {
    const made = await shipshape(['snapshot', '--drizzle', 'schema.ts', '--migrations', 'migrations'], {
      cwd: place.folder,
      env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres') },
    });
    expect(made.exit).toBe(0);
    const snapshot = 'snapshot:migrations/shipshape.snapshot.json';
    expect(await run(snapshot, await makeDatabase(users))).toMatchObject({ exit: 0, stderr: '' });
    const lacking = await run(snapshot, await makeDatabase(users.replace(', name', ', label')), '--json');
    expect(lacking.exit).toBe(1);
    expect(report(lacking).findings).toMatchObject([
      { code: 'only-in-second', address: 'users.label' },
      { code: 'only-in-first', address: 'users.name', migration: '0001_users' },
    ]);
  });

  test('differences stand under their table, with line, migration and the SQL that mends them', async () => {
    const url = await makeDatabase(`
      CREATE TABLE users (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'nobody', "fullName" text);
      CREATE TABLE extra (id integer);
      CREATE INDEX by_name ON users (name);`);
    const ran = await run('models', url);
    expect(ran.exit).toBe(1);
    const text = ran.stdout.replaceAll(/url:|postgres:\S+/g, 'URL');
    expect(text).toContain('✗ models and database differ in 4 ways.');
    expect(text).toMatch(/^ {2}models +drizzle: schema\.ts$/m);
    expect(text).toMatch(
      /^ {2}users\n {4}"fullName" +only in database\n {4}id +type: integer in models, bigint in database +schema\.ts:4\n {4}index by_name +only in database$/m,
    );
    expect(text).toMatch(/^ {2}extra\n {4}itself +only in database$/m);
    const asJson = report(await run('models', url, '--json'));
    expect(asJson).toMatchObject({ version: 1, verdict: null });
    expect(asJson.findings.find(({ address }) => address === 'users.id')).toMatchObject({
      code: 'different',
      severity: 'error',
      aspect: 'type',
      declared: 'integer',
      found: 'bigint',
      origin: { file: 'schema.ts', line: 4 },
      do: expect.stringContaining('ALTER TABLE users ALTER COLUMN id TYPE integer'),
    });
  });

  test('the SQL that is printed makes the second like the first', async () => {
    const [one, other] = [
      await makeDatabase(`${users} CREATE INDEX by_name ON users (name);`),
      await makeDatabase('CREATE TABLE users (id integer PRIMARY KEY, name varchar(3));'),
    ];
    const before = report(await run(one, other, '--json'));
    const session = await connect(other.replace(/^url:/, ''));
    for (const finding of before.findings) await session.query(finding.do as string);
    await session.close();
    expect(await run(one, other)).toMatchObject({ exit: 0 });
  });
});

describe('what is not compared', () => {
  test('owners and rights, unless both sides are databases', async () => {
    const role = `DO $$ BEGIN CREATE ROLE clerk; EXCEPTION WHEN duplicate_object THEN NULL; END $$;`;
    const owned = await makeDatabase(
      `${users} ${role} ALTER TABLE users OWNER TO clerk; GRANT SELECT ON users TO PUBLIC;`,
    );
    expect((await run('migrations:migrations', owned)).exit).toBe(0);
    const both = report(await run(await makeDatabase(users), owned, '--json'));
    const addresses = both.findings.map(({ address }) => address);
    expect(addresses).toContain('owner of users');
    expect(addresses.some((address) => /^privilege of \S*PUBLIC\S* on users$/.test(String(address)))).toBe(
      true,
    );
  });

  test('kinds that the models do not speak of, which are counted, and ledgers of tools', async () => {
    const url = await makeDatabase(`${users}
      CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN new; END';
      CREATE TRIGGER t BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION f();
      CREATE EXTENSION citext;
      CREATE TABLE _prisma_migrations (id text PRIMARY KEY);
      CREATE PUBLICATION p FOR TABLE users;`);
    const ran = await run('models', url, '--json');
    expect(report(ran).findings).toEqual([]);
    expect(ran.exit).toBe(0);
    expect(report(ran).coverage.notCompared).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ what: 'routine', count: 1, because: 'the models do not say it' }),
        expect.objectContaining({ what: 'trigger', count: 1 }),
        expect.objectContaining({ what: expect.stringContaining('publication'), count: 1 }),
      ]),
    );
    // Where both sides can say it, it counts.
    expect((await run('migrations:migrations', url)).exit).toBe(1);
  });
});

describe('from scripts', () => {
  test.each([
    [['models'], 'argument'],
    [['models', 'nonsense'], '"nonsense" is no side of a diff'],
    [['models', 'sql:'], 'sql:<file'],
    [['models', 'snapshot:gone.json'], 'there is no snapshot gone.json'],
    [['models', 'migrations:gone'], 'there is no folder gone'],
    [['models', 'url'], 'no database is named'],
  ])('%j is asked wrongly: exit 2', async (args, said) => {
    const ran = await run(...args);
    expect({ exit: ran.exit, stdout: ran.stdout }).toEqual({ exit: 2, stdout: '' });
    expect(ran.stderr).toContain(said);
    expect(ran.stderr).toMatch(/^ {2}do {7}\S/m);
  });

  test('a server that is not there is exit 4, as JSON too; no password is shown', async () => {
    const url = 'url:postgres://app:s3cret@127.0.0.1:1/calls';
    const ran = await run('models', url);
    expect({ exit: ran.exit, stdout: ran.stdout }).toEqual({ exit: 4, stdout: '' });
    expect(ran.stderr).toContain('postgres://app@127.0.0.1:1/calls cannot be reached');
    const asJson = await run('models', url, '--json');
    expect({ exit: asJson.exit, stderr: asJson.stderr }).toEqual({ exit: 4, stderr: '' });
    expect(report(asJson).findings).toMatchObject([{ code: 'server-unreachable' }]);
    const wrong = await run('models', 'ulr:postgres://app:s3cret@127.0.0.1:1/calls');
    expect(wrong.exit).toBe(2);
    expect(ran.stderr + asJson.stdout + wrong.stderr).not.toContain('s3cret');
  });
});
