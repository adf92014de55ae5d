// Two roles, one that migrates and one that the application connects as: what is printed as missing, once run, is enough.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { gate } from '../../src/gate/gate.ts';
import { connect } from '../../src/postgres/connect.ts';
import { makeFolder } from './shipshape-process.ts';
import { useWorkplace } from './use-workplace.ts';

const workplace = useWorkplace(makeFolder);
const { query, ask } = workplace;
beforeEach(() => mkdirSync(join(workplace.folder, 'migrations')));
const write = (name: string, text: string) => writeFileSync(join(workplace.folder, name), text);
const as = (role: string) => {
  const { DATABASE_URL: url } = workplace.env;
  return `${url}${url.includes('?') ? '&' : '?'}user=${encodeURIComponent(role)}`;
};
const run = (...args: readonly string[]) =>
  workplace.run(...args, '--migrations', join(workplace.folder, 'migrations'));
/** As they are printed for the one who migrates. */
async function missing(migrator: string, ...args: readonly string[]): Promise<readonly string[]> {
  const { stdout, exit } = await run('status', '--json', '--url', as(migrator), ...args);
  const { grants, migrations, findings } = JSON.parse(stdout);
  // What is applied cannot be told: then the way out is all of them.
  if (exit === 4) return findings[0].do.split('\n');
  const sql = grants.map((grant: { sql: string }) => grant.sql);
  const all = migrations.every(({ state }: { state: string }) => state === 'applied');
  expect(exit).toBe(sql.length === 0 && all ? 0 : 1);
  return sql;
}
async function runAs(role: string, ...statements: readonly string[]): Promise<void> {
  const session = await connect(as(role));
  try {
    for (const statement of statements) await session.query(statement);
  } finally {
    await session.close();
  }
}
async function takeSnapshot(sql: string): Promise<void> {
  write('models.sql', sql);
  const { exit, stderr } = await run('snapshot', '--schema-sql', join(workplace.folder, 'models.sql'));
  expect([exit, stderr]).toEqual([0, '']);
}
const database = async () => String((await ask('SELECT quote_ident(current_database())'))[0]);

const calls = `CREATE TYPE mood AS ENUM ('in', 'out');
CREATE TABLE calls (id serial PRIMARY KEY, mood mood NOT NULL DEFAULT 'in');
CREATE TABLE legs (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, call integer REFERENCES calls (id));`;
const notes = 'CREATE TABLE "Notes" (id serial PRIMARY KEY);';

test('what is printed is run, and migrating, status, the gate and the code are content; the next migration too', async () => {
  const db = await database();
  await query('CREATE ROLE builder LOGIN');
  write('migrations/0001_calls.sql', calls);
  await takeSnapshot(calls);
  const app = ['--app-role', 'the App'];

  const first = await missing('builder', ...app);
  expect(first).toEqual([
    `GRANT CREATE ON DATABASE ${db} TO builder;`,
    'GRANT CREATE ON SCHEMA public TO builder;',
    'CREATE ROLE "the App" LOGIN;',
    'ALTER DEFAULT PRIVILEGES FOR ROLE builder IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "the App";',
    'ALTER DEFAULT PRIVILEGES FOR ROLE builder IN SCHEMA public GRANT USAGE ON SEQUENCES TO "the App";',
  ]);
  const { stdout } = await run('status', '--url', as('builder'), ...app);
  for (const sql of first) expect(stdout).toContain(`\n           ${sql}\n`);
  expect(stdout).toContain('1 pending; the snapshot is current; 5 GRANTs missing.');
  await query(...first);
  expect(await missing('builder', ...app)).toEqual([]);

  expect((await run('migrate', '--url', as('builder'))).exit).toBe(0);
  const second = await missing('builder', ...app);
  expect(second).toEqual([
    'GRANT USAGE ON SCHEMA shipshape TO "the App";',
    'GRANT SELECT ON shipshape.ledger TO "the App";',
  ]);
  await query(...second);
  expect(await missing('builder', ...app)).toEqual([]);

  const asked = {
    application: 'calls',
    snapshotFile: join(workplace.folder, 'migrations/shipshape.snapshot.json'),
  };
  const judged = await gate({ ...asked, connection: as('the App') });
  expect([judged.verdict, judged.findings]).toEqual(['agreed', []]);
  await runAs('the App', 'INSERT INTO calls DEFAULT VALUES', 'INSERT INTO legs (call) VALUES (1)');

  write('migrations/0002_notes.sql', notes);
  await takeSnapshot(`${calls}${notes}`);
  expect((await run('migrate', '--url', as('builder'))).exit).toBe(0);
  expect(await missing('builder', ...app)).toEqual([]);
  await runAs('the App', 'INSERT INTO "Notes" DEFAULT VALUES');
  expect((await gate({ ...asked, connection: as('the App') })).findings).toEqual([]);
});

test('a role that is to migrate what others have made becomes as good as their owner, and never a superuser', async () => {
  const db = await database();
  await query(
    'CREATE ROLE heir LOGIN; CREATE ROLE former; CREATE ROLE loner LOGIN NOINHERIT',
    `${calls} ALTER TABLE legs OWNER TO former; CREATE FUNCTION twice(n integer) RETURNS integer RETURN 2 * n`,
  );
  const all = `${calls} CREATE FUNCTION twice(n integer) RETURNS integer RETURN 2 * n;`;
  write('migrations/0001_calls.sql', all);
  write(
    'migrations/0002_more.sql',
    'ALTER TABLE calls ADD COLUMN note text; ALTER TABLE legs ADD COLUMN note text;',
  );
  await takeSnapshot(calls);
  expect((await run('baseline', '1')).exit).toBe(0);
  const own = 'shipshape.ledger, shipshape.step, shipshape.lease, shipshape.fence';
  const owned = [
    'ALTER TABLE public.calls OWNER TO heir;',
    'ALTER ROUTINE public.twice(n integer) OWNER TO heir;',
    'ALTER TYPE public.mood OWNER TO heir;',
  ];
  const printed = await missing('heir');
  expect(printed).toEqual([
    'GRANT CREATE ON SCHEMA public TO heir;',
    'GRANT USAGE ON SCHEMA shipshape TO heir;',
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ${own} TO heir;`,
    'GRANT former TO heir;',
    ...owned,
  ]);
  expect(printed.join()).not.toContain(db);
  expect(await missing('loner')).toContain('ALTER TABLE public.legs OWNER TO loner;');
  await query(...printed);
  expect(await missing('heir')).toEqual([]);
  const { exit, stderr } = await run('migrate', '--url', as('heir'));
  expect([exit, stderr]).toEqual([0, expect.not.stringContaining('✗')]);
});

test('what comes by membership or from PUBLIC is not missing, nor a right on every column; what is left alone is not told', async () => {
  await query(
    'CREATE ROLE crew; CREATE ROLE sailor LOGIN IN ROLE crew; CREATE ROLE guest LOGIN',
    `CREATE FUNCTION next() RETURNS integer RETURN 1; REVOKE EXECUTE ON FUNCTION next() FROM PUBLIC`,
    'CREATE TABLE logs (id integer PRIMARY KEY DEFAULT next(), at integer); CREATE TABLE plain (id integer)',
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO crew;
     GRANT EXECUTE ON FUNCTION next() TO crew;
     ALTER DEFAULT PRIVILEGES GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO crew;
     ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO PUBLIC;
     GRANT SELECT (id, at), UPDATE (id) ON logs TO guest; GRANT SELECT, INSERT ON plain TO PUBLIC`,
  );
  const models = 'CREATE TABLE logs (id integer PRIMARY KEY, at integer); CREATE TABLE plain (id integer);';
  write('models.sql', models);
  write('migrations/0001_none.sql', 'SELECT 1;');
  expect((await run('migrate')).exit).toBe(0);
  await query('GRANT USAGE ON SCHEMA shipshape TO PUBLIC; GRANT SELECT ON shipshape.ledger TO PUBLIC');
  const migrator = String((await ask('SELECT current_user::text'))[0]);
  const models_ = ['--schema-sql', join(workplace.folder, 'models.sql')];
  expect(await missing(migrator, ...models_, '--app-role', 'sailor')).toEqual([]);

  const lacking = [
    'GRANT INSERT, UPDATE (at), DELETE ON public.logs TO guest;',
    'GRANT UPDATE, DELETE ON public.plain TO guest;',
    'GRANT EXECUTE ON FUNCTION public.next() TO guest;',
    `ALTER DEFAULT PRIVILEGES FOR ROLE ${migrator} IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO guest;`,
  ];
  expect(await missing(migrator, ...models_, '--app-role', 'guest')).toEqual(lacking);
  write(
    'shipshape.config.json',
    '{ "appRole": "guest", "severities": { "plain": { "privilege": "ignore" } } }',
  );
  expect(await missing(migrator, ...models_)).toEqual(lacking.filter((sql) => !sql.includes('plain')));
});

test('a schema shipshape that was made beforehand is enough: CREATE on the database is not asked for', async () => {
  await query(
    'CREATE ROLE mason LOGIN; CREATE SCHEMA shipshape AUTHORIZATION mason; CREATE SCHEMA app AUTHORIZATION mason',
  );
  await query('ALTER ROLE mason SET search_path = app');
  write('migrations/0001_calls.sql', calls);
  expect(await missing('mason')).toEqual([]);
  const { exit, stderr } = await run('migrate', '--url', as('mason'));
  expect([exit, stderr]).toEqual([0, expect.not.stringContaining('✗')]);
  expect(await ask("SELECT to_regclass('app.legs')::text")).toEqual(['app.legs']);
  // Names without a schema lead into app: there the application's role is let in, and nowhere else.
  await takeSnapshot(calls);
  await query('CREATE ROLE caller LOGIN; ALTER ROLE caller SET search_path = app');
  const lacking = await missing('mason', '--app-role', 'caller');
  expect(lacking).toEqual([
    'GRANT USAGE ON SCHEMA app, shipshape TO caller;',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON app.calls, app.legs TO caller;',
    'GRANT SELECT ON shipshape.ledger TO caller;',
    'GRANT USAGE ON SEQUENCE app.calls_id_seq TO caller;',
    'ALTER DEFAULT PRIVILEGES FOR ROLE mason IN SCHEMA app GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO caller;',
    'ALTER DEFAULT PRIVILEGES FOR ROLE mason IN SCHEMA app GRANT USAGE ON SEQUENCES TO caller;',
  ]);
  await query(...lacking);
  expect(await missing('mason', '--app-role', 'caller')).toEqual([]);
  await runAs('caller', 'INSERT INTO calls DEFAULT VALUES');
});

test('without an application role, who has nothing to apply lacks nothing', async () => {
  await query('CREATE ROLE looker LOGIN');
  write('migrations/0001_calls.sql', calls);
  expect((await run('migrate')).exit).toBe(0);
  await query('GRANT USAGE ON SCHEMA shipshape TO looker; GRANT SELECT ON shipshape.ledger TO looker');
  expect(await missing('looker')).toEqual([]);
  write('migrations/0002_more.sql', 'SELECT 1;');
  expect(await missing('looker')).toContain('GRANT CREATE ON SCHEMA public TO looker;');
});

test('init prints them, writes nothing there, and keeps silent where no database answers', async () => {
  await query('CREATE ROLE novice LOGIN');
  const init = (...args: readonly string[]) => workplace.run('init', '--app-role', 'app_of_novice', ...args);
  const { exit, stdout } = await init('--url', as('novice'));
  expect([exit, stdout]).toEqual([
    0,
    expect.stringMatching(
      /^wrote shipshape\.config\.json\n[\s\S]*\n {2}grants {3}novice and app_of_novice lack,.*\n {11}GRANT CREATE ON DATABASE /,
    ),
  ]);
  expect(stdout).toContain('\n           CREATE ROLE app_of_novice LOGIN;\n');
  expect(await ask("SELECT to_regnamespace('shipshape')::text")).toEqual([null]);
  const again = await init('--url', 'postgres://nobody@127.0.0.1:1/none');
  expect([again.exit, again.stdout, again.stderr]).toEqual([
    0,
    'shipshape.config.json is there already and was left as it is\n\nnext: npx shipshape check\n',
    '',
  ]);
});
