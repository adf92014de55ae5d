// Each command in a folder, and on a database, that know nothing of Shipshape: flags are enough.
import { mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect as connectSocket, createServer } from 'node:net';
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
  recordingMode: text('recording_mode'),
});
`;
const first = "CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL DEFAULT 'nobody');";
const second = 'ALTER TABLE users ADD COLUMN recording_mode text;';

let server: ScratchServer;
let place: Project;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(() => {
  place = makeFolder();
  symlinkSync(join(packageFolder, '../../node_modules'), join(place.folder, 'node_modules'));
  mkdirSync(at('src'));
  mkdirSync(at('migrations'));
  writeFileSync(at('src/schema.ts'), models);
  writeFileSync(at('migrations/0001_users.sql'), first);
  writeFileSync(at('migrations/0002_recording_mode.sql'), second);
});
afterEach(() => place.remove());

const at = (...path: string[]) => join(place.folder, ...path);
const drizzle = ['--drizzle', 'src/schema.ts'];
const migrations = ['--migrations', 'migrations'];
const run = (...args: string[]): Promise<Ran> =>
  shipshape(args, { cwd: place.folder, env: { SHIPSHAPE_SCRATCH_URL: server.url('postgres') } });

async function makeDatabase(...statements: readonly string[]): Promise<string> {
  const url = await server.createDatabase();
  const session = await connect(url);
  for (const statement of statements) await session.query(statement);
  await session.close();
  return url;
}

interface Report {
  readonly version: number;
  readonly verdict: string | null;
  readonly coverage: Record<string, unknown> | null;
  readonly findings: readonly Record<string, unknown>[];
}

/** The value on stdout, which holds nothing else. */
function reportOf({ stdout }: Ran): Report {
  return JSON.parse(stdout) as Report;
}

describe('check', () => {
  test('needs no snapshot where there never was one: it is noted', async () => {
    const ran = await run('check', ...drizzle, ...migrations);
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^✓ agreed: 2 migrations build what shipshape-cli-\w+ declares\.\n/);
    expect(ran.stdout).toContain('there is no snapshot at migrations/shipshape.snapshot.json');
    expect(readdirSync(place.folder).sort()).toEqual(['migrations', 'node_modules', 'src']);
  });

  test('demands one where a configuration, or a flag, says that there is one', async () => {
    expect((await run('check', ...drizzle, ...migrations, '--snapshot', 'kept.json')).exit).toBe(1);
    writeFileSync(at('shipshape.config.json'), '{}');
    expect((await run('check', ...drizzle, ...migrations)).exit).toBe(1);
  });

  test('names the column without a migration, with its line', async () => {
    rmSync(at('migrations/0002_recording_mode.sql'));
    const ran = await run('check', ...drizzle, ...migrations, '--json');
    expect(ran).toMatchObject({ exit: 1, stderr: '' });
    expect(reportOf(ran)).toMatchObject({ version: 1, verdict: 'forgotten', coverage: { tables: 1 } });
    expect(reportOf(ran).findings[0]).toMatchObject({
      code: 'forgotten-migration',
      severity: 'error',
      address: 'users.recording_mode',
      aspect: 'existence',
      origin: { file: 'src/schema.ts', line: 6 },
      do: expect.stringContaining('ALTER TABLE users ADD COLUMN recording_mode text;'),
    });
  });

  test('reads the folder of another tool as it is', async () => {
    for (const [name, file] of [
      ['20240101000000_users', '0001_users.sql'],
      ['20240202000000_mode', '0002_recording_mode.sql'],
    ] as const) {
      mkdirSync(at('migrations', name));
      renameSync(at('migrations', file), at('migrations', name, 'migration.sql'));
    }
    writeFileSync(at('migrations/migration_lock.toml'), 'provider = "postgresql"\n');
    expect((await run('check', ...drizzle, ...migrations)).exit).toBe(0);
    expect((await run('check', ...drizzle, ...migrations, '--migrations-format', 'dbmate')).exit).toBe(2);
  });
});

describe('migrations that are programs', () => {
  const program = `
import pg from 'pg';
const client = new pg.Client(process.env.DATABASE_URL);
await client.connect();
await client.query("${first}");
if (!process.argv.includes('--forget')) await client.query("${second}");
await client.end();
`;
  beforeEach(() => {
    for (const file of readdirSync(at('migrations'))) rmSync(at('migrations', file));
    mkdirSync(at('knex'));
    writeFileSync(at('migrations/20240101000000_users.mjs'), 'export const up = () => {};');
    writeFileSync(at('apply.mjs'), program);
  });

  test('are run by the command that is given, for check and for diff', async () => {
    expect((await run('check', ...drizzle, ...migrations)).stderr).toContain('--replay');
    const apply = ['--replay', 'node apply.mjs'];
    expect(await run('check', ...drizzle, ...migrations, ...apply)).toMatchObject({ exit: 0, stderr: '' });
    const forgetful = ['--replay', 'node apply.mjs --forget'];
    const ran = await run('check', ...drizzle, ...migrations, ...forgetful, '--json');
    expect(ran).toMatchObject({ exit: 1, stderr: '' });
    expect(reportOf(ran).findings[0]).toMatchObject({ address: 'users.recording_mode' });
    expect((await run('diff', 'models', 'migrations', ...drizzle, ...migrations, ...apply)).exit).toBe(0);
    writeFileSync(
      at('shipshape.config.json'),
      JSON.stringify({
        drizzle: 'src/schema.ts',
        migrations: 'migrations',
        replay: 'node apply.mjs',
        replayTimeout: 60,
      }),
    );
    expect((await run('diff', 'models', 'migrations')).exit).toBe(0);
  });

  test('that hang are stopped at the limit', async () => {
    writeFileSync(at('hang.mjs'), 'setInterval(() => {}, 1000);');
    const hang = ['--replay', 'node hang.mjs', '--replay-timeout', '1'];
    const ran = await run('check', ...drizzle, ...migrations, ...hang);
    expect({ exit: ran.exit, stdout: ran.stdout }).toEqual({ exit: 1, stdout: '' });
    expect(ran.stderr).toContain('did not end within 1 s');
    expect(
      (await run('check', ...drizzle, ...migrations, '--replay', 'x', '--replay-timeout', 'soon')).exit,
    ).toBe(2);
  });
});

describe('verify', () => {
  test('holds code and database against each other without any migrations, and says so', async () => {
    const url = await makeDatabase(first, second);
    const ran = await run('verify', ...drizzle, '--url', url);
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(ran.stdout).toMatch(
      /\n {2}checked 1 table, 3 columns, 1 unique key, 0 enums of postgres:\S+ in \d+ ms\n/,
    );
    expect(ran.stdout.replace(/\n +/g, ' ')).toContain(
      'not compared: migrations (no folder of them was named)',
    );
  });

  test('ends with its verdict, whatever the models have left open', async () => {
    const url = await makeDatabase(first, second);
    writeFileSync(at('src/schema.ts'), `${models}setInterval(() => {}, 1000);\n`);
    const ran = await run('verify', ...drizzle, '--url', url);
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(ran.stdout).toMatch(/^✓ agreed: /);
  });

  test('of models that take longer to load than a connection may', async () => {
    const url = await makeDatabase(first, second);
    // A server that is half a second away, and models that then keep the process busy for three.
    const far = createServer((socket) => {
      const { searchParams } = new URL(url.replace('@/', '@localhost/'));
      const behind = connectSocket(`${searchParams.get('host')}/.s.PGSQL.${searchParams.get('port')}`);
      socket.once('data', (bytes) => setTimeout(() => behind.write(bytes) && socket.pipe(behind), 500));
      behind.pipe(socket);
      for (const each of [socket, behind]) each.on('error', () => undefined);
    });
    await new Promise<void>((resolve) => far.listen(0, '127.0.0.1', resolve));
    const { port } = far.address() as AddressInfo;
    const near = `postgres://postgres@127.0.0.1:${port}/${new URL(url.replace('@/', '@localhost/')).pathname.slice(1)}`;
    const busy = 'const until = Date.now() + 3000;\nwhile (Date.now() < until);\n';
    writeFileSync(at('src/schema.ts'), `${busy}${models}`);
    const { exit, stdout } = await run(
      'verify',
      ...drizzle,
      '--url',
      `${near}?sslmode=disable&connect_timeout=1`,
    );
    far.close();
    expect({ exit, verdict: stdout.split('\n')[0] }).toMatchObject({
      exit: 0,
      verdict: expect.stringMatching(/^✓ agreed/),
    });
  });

  test('prints the SQL for what is missing, and no command that would not help', async () => {
    const url = await makeDatabase(first);
    const ran = await run('verify', ...drizzle, '--url', url);
    expect(ran.exit).toBe(1);
    expect(ran.stdout).toContain('✗ forgotten: the database lacks 1 column that its code reads.');
    expect(ran.stdout).toContain('ALTER TABLE users ADD COLUMN recording_mode text;');
    expect(ran.stdout).not.toContain('shipshape snapshot');
    const session = await connect(url);
    await session.query(/ALTER TABLE [^;]+;/.exec(ran.stdout)?.[0] as string);
    await session.close();
    expect((await run('verify', ...drizzle, '--url', url)).exit).toBe(0);
  });

  test('tells what is missing and is there under another name', async () => {
    const url = await makeDatabase(
      `CREATE TABLE "Users" (id integer PRIMARY KEY); ${first} ALTER TABLE users ADD "recordingMode" text`,
    );
    const { stdout } = await run('verify', ...drizzle, '--url', url);
    expect(stdout).toContain('-- or, if recordingMode is meant, name it so in the model');
    const empty = await makeDatabase('CREATE TABLE "Users" (id integer PRIMARY KEY)');
    writeFileSync(
      at('src/schema.ts'),
      `${models} export const teams = pgTable('teams', { id: integer('id').primaryKey() });`,
    );
    const second = await run('verify', ...drizzle, '--url', empty, '--json');
    expect(second.exit).toBe(4);
    const both = await makeDatabase('CREATE TABLE "Users" (id integer); CREATE TABLE teams (id integer)');
    expect(reportOf(await run('verify', ...drizzle, '--url', both, '--json')).findings[0]).toMatchObject({
      address: 'users',
      found: '"Users"',
    });
  });

  test('of an empty database is exit 4, and names no command of ours', async () => {
    const ran = await run('verify', ...drizzle, '--url', await makeDatabase());
    expect(ran.exit).toBe(4);
    expect(ran.stdout).not.toContain('npx shipshape');
  });

  test('judges by the snapshot alone, as an image without sources has it', async () => {
    expect((await run('snapshot', ...drizzle, ...migrations, '--snapshot', 'kept.json')).exit).toBe(0);
    rmSync(at('src'), { recursive: true });
    rmSync(at('migrations'), { recursive: true });
    const url = await makeDatabase(first);
    const ran = await run('verify', '--snapshot', 'kept.json', '--url', url, '--json');
    expect(ran).toMatchObject({ exit: 1, stderr: '' });
    expect(reportOf(ran).findings[0]).toMatchObject({
      address: 'users.recording_mode',
      origin: { file: 'src/schema.ts', line: 6 },
      migration: '0002_recording_mode',
    });
    expect(reportOf(ran).coverage).toMatchObject({ notCompared: [{ what: 'models' }] });
    expect((await run('verify', '--snapshot', 'gone.json', '--url', url)).stderr).toContain(
      'there are no models, and no snapshot at gone.json, to say what the code needs',
    );
  });

  test('of a folder of another tool claims nothing of its ledger', async () => {
    mkdirSync(at('migrations/20240101000000_users'));
    renameSync(at('migrations/0001_users.sql'), at('migrations/20240101000000_users/migration.sql'));
    rmSync(at('migrations/0002_recording_mode.sql'));
    writeFileSync(at('migrations/migration_lock.toml'), 'provider = "postgresql"\n');
    const ran = await run('verify', ...drizzle, ...migrations, '--url', await makeDatabase(first), '--json');
    expect(ran.exit).toBe(1);
    expect(reportOf(ran).findings[0]).toMatchObject({
      code: 'cause-unknown',
      address: 'users.recording_mode',
      because: expect.stringContaining('The ledger of Prisma is not read'),
      do: expect.stringContaining('npx prisma migrate deploy'),
    });
  });
});

test('severities are taken from the configuration, and what is ignored is said', async () => {
  const url = await makeDatabase(first);
  writeFileSync(at('shipshape.config.json'), '{ "severities": { "users": { "existence": "note" } } }');
  expect((await run('verify', ...drizzle, '--url', url)).exit).toBe(0);
  writeFileSync(at('shipshape.config.json'), '{ "severities": { "users.*": "ignore" } }');
  const { exit, stdout } = await run('verify', ...drizzle, '--url', url);
  expect(exit).toBe(0);
  expect(stdout.replace(/\n +/g, ' ')).toContain('1 finding (ignored by "users.*" in "severities")');
  writeFileSync(at('shipshape.config.json'), '{ "severities": { "users": { "exist": "note" } } }');
  const wrong = await run('verify', ...drizzle, '--url', url);
  expect(wrong.exit).toBe(2);
  expect(wrong.stderr).toContain('severities');
});

test('names that Drizzle makes of unnamed columns are those of the casing that is said', async () => {
  writeFileSync(
    at('src/schema.ts'),
    `import { integer, pgTable } from 'drizzle-orm/pg-core';
export const users = pgTable('users', { id: integer().primaryKey(), callCount: integer() });\n`,
  );
  const url = await makeDatabase('create table users (id integer primary key, call_count integer)');
  expect((await run('verify', '--drizzle-snake-case', 'src/schema.ts', '--url', url)).exit).toBe(0);
  const { exit, stdout } = await run('verify', '--drizzle', 'src/schema.ts', '--url', url);
  expect(exit).toBe(1);
  expect(stdout).toContain('"callCount"');
});
