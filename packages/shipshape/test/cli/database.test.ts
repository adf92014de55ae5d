// The commands that need a server, as processes, on a small project.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import { type LoginServer, startLoginServer } from '../postgres/login-server.ts';
import { bin, makeProject, type Project, shipshape } from './shipshape-process.ts';

let server: ScratchServer;
let project: Project;
let url: string;
let snapshot: string;
beforeAll(async () => {
  server = await startScratchServer();
  project = makeProject();
  // Made once, by the command itself; and one migrated database, of which tests get copies.
  url = await server.createDatabase('migrated');
  expect((await run('snapshot')).stdout).toContain(
    'wrote migrations/shipshape.snapshot.json: 2 migrations, 2 tables',
  );
  expect((await run('snapshot')).stdout).toContain('is up to date');
  expect((await run('migrate')).exit).toBe(0);
  snapshot = readFileSync(at('migrations/shipshape.snapshot.json'), 'utf8');
  project.remove();
});
afterAll(() => server.stop());
beforeEach(() => {
  project = makeProject();
  writeFileSync(at('migrations/shipshape.snapshot.json'), snapshot);
});
afterEach(() => project.remove());

/** With the scratch server for what `check` and `snapshot` try out, so that no second one is started. */
const run = (...args: string[]) =>
  shipshape(args, {
    cwd: project.folder,
    env: { DATABASE_URL: url, SHIPSHAPE_SCRATCH_URL: server.url('postgres') },
  });
const at = (...path: string[]) => join(project.folder, ...path);

async function sql(...statements: readonly string[]): Promise<void> {
  const session = await connect(url);
  for (const statement of statements) await session.query(statement);
  await session.close();
}

async function onEmpty(): Promise<void> {
  url = await server.createDatabase();
}

async function onMigrated(): Promise<void> {
  url = await server.createDatabase(undefined, { template: 'migrated' });
}

describe('migrate', () => {
  test('keeps the order of what it says and what it did, where both are written to one place', async () => {
    await onEmpty();
    const { exit, stdout, stderr } = await run('migrate');
    expect(exit).toBe(0);
    await onEmpty();
    const { PATH, HOME = '' } = process.env;
    const env = { PATH, HOME, NO_COLOR: '1', DATABASE_URL: url };
    const both = spawnSync('sh', ['-c', `'${process.execPath}' '${bin}' migrate 2>&1`], {
      cwd: project.folder,
      env,
      encoding: 'utf8',
    });
    const told = (text: string) => text.split('\n').filter((line) => /^\d{4}_/.test(line));
    const [begun, applied] = [told(stderr), told(stdout)];
    expect(begun.length).toBe(2);
    expect(told(both.stdout)).toEqual(begun.flatMap((line, at) => [line, applied[at]]));
  });

  test('says what each statement did, then which file is applied; a second run has nothing to do', async () => {
    await onEmpty();
    const first = await run('migrate');
    expect(first.exit).toBe(0);
    const lines = first.stdout.split('\n');
    expect(lines).toContain('added call_log.recording_mode varchar(32)');
    expect(lines.indexOf('0001_first applied')).toBeLessThan(lines.indexOf('0002_recording_mode applied'));
    expect(first.stdout).toMatch(
      /✓ 2 migrations applied to postgres:\/\/postgres@\/scratch_\w+\?host=\S+ in \d+ ms\n$/,
    );
    const second = await run('migrate');
    expect(second).toMatchObject({ exit: 0, stderr: '' });
    expect(second.stdout).toContain('nothing to do');
  });

  test('works without a snapshot, and says that nothing was verified', async () => {
    await onEmpty();
    rmSync(at('migrations/shipshape.snapshot.json'));
    const { exit, stdout, stderr } = await run('migrate');
    expect(exit).toBe(0);
    expect(stdout).toContain('0001_first applied, not verified');
    expect(stderr).toContain('there is no snapshot');
  });

  test('under --json prints the result alone, and the talk elsewhere', async () => {
    await onEmpty();
    const { exit, stdout, stderr } = await run('migrate', '--json');
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      findings: [],
      applied: [
        { id: '0001_first' },
        {
          id: '0002_recording_mode',
          words: expect.arrayContaining(['added call_log.recording_mode varchar(32)']),
        },
      ],
      failed: null,
      left: [],
    });
    expect(stderr).toContain('added call_log.recording_mode varchar(32)');
  });

  test('--dry-run says what would be done, and does nothing', async () => {
    await onEmpty();
    const { exit, stdout } = await run('migrate', '--dry-run');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^0002_recording_mode would\n {2}add call_log\.recording_mode varchar\(32\)/m);
    expect(stdout).toContain('nothing was done: 2 migrations pending');
    expect((await run('status')).stdout).toContain('2 pending');
  });

  test('--to applies up to a migration, named whole or by its number, and no further', async () => {
    await onEmpty();
    expect((await run('migrate', '--dry-run', '--to', '1')).stdout).toContain('1 migration pending');
    const first = await run('migrate', '--to', '0001');
    expect([first.exit, first.stdout]).toEqual([0, expect.stringContaining('1 migration applied')]);
    const again = await run('migrate', '--to', '0001_first');
    expect([again.exit, again.stdout]).toEqual([
      0,
      expect.stringContaining('nothing to do: no migration up to 0001_first is pending'),
    ]);
    expect((await run('status')).stdout).toContain('1 applied, 1 pending');
    const unknown = await run('migrate', '--to', '3');
    expect([unknown.exit, unknown.stderr]).toEqual([2, expect.stringContaining('holds no migration "3"')]);
  });

  test('--allow-out-of-order applies what was passed over, and says so; without it nothing is', async () => {
    await onMigrated();
    // As two branches do: 0003 was merged and applied first.
    writeFileSync(at('migrations/0004_later.sql'), 'CREATE TABLE later (id integer PRIMARY KEY);');
    expect((await run('migrate')).exit).toBe(0);
    writeFileSync(at('migrations/0003_lead.sql'), 'CREATE TABLE lead (id integer PRIMARY KEY);');
    const refused = await run('migrate');
    expect([refused.exit, refused.stdout]).toEqual([3, '']);
    expect(refused.stderr).toContain(
      '0003_lead is not applied here, although 0004_later, which comes after it, is',
    );
    expect(refused.stderr).toContain('--allow-out-of-order');
    const allowed = await run('migrate', '--allow-out-of-order');
    expect([allowed.exit, allowed.stdout]).toEqual([0, expect.stringContaining('0003_lead applied')]);
    expect(allowed.stderr).toContain('0003_lead is not applied here, although 0004_later');
    expect((await run('status')).stdout).toContain('4 applied');
  });

  test('that fails says what failed and what is kept, exit 6', async () => {
    await onEmpty();
    writeFileSync(
      at('migrations/0002_recording_mode.sql'),
      'ALTER TABLE call_lag ADD COLUMN recording_mode text;',
    );
    const { exit, stdout, stderr } = await run('migrate');
    expect(exit).toBe(6);
    expect(stdout).toContain('0001_first applied');
    expect(stderr).toContain('relation "call_lag" does not exist (42P01)');
    expect(stderr).toContain('applied and kept: 0001_first');
    expect(stdout).not.toContain('✓');
  });

  test('that fails between two steps keeps those before, says so, and so does status; it goes on there', async () => {
    await onMigrated();
    const steps = (last: string) =>
      writeFileSync(
        at('migrations/0003_steps.sql'),
        `-- shipshape: no-transaction\nSET work_mem = '8MB';\nCREATE TABLE lead (id integer PRIMARY KEY);\nCREATE INDEX CONCURRENTLY by_lead ON lead (${last});`,
      );
    steps('gone');
    const failed = await run('migrate');
    expect(failed.exit).toBe(6);
    expect(failed.stderr).toContain('0003_steps: 2 steps, each of which is kept by itself');
    expect(failed.stderr.replaceAll(/\s+/g, ' ')).toContain('of 0003_steps step 1 of 2 is done and kept');
    expect((await run('status')).stdout).toMatch(/^ {2}0003_steps +pending, 1 step done since \d{4}-\S+Z$/m);
    steps('id');
    const dry = await run('migrate', '--dry-run');
    expect(dry.stdout).toContain(`0003_steps would, in 2 steps that are kept by themselves
  set work_mem
  create table lead with 1 column     (done before)
  create index by_lead on lead (id)     (SHARE UPDATE EXCLUSIVE: nobody waits)
`);
    const { exit, stdout, stderr } = await run('migrate');
    expect([exit, stderr]).toEqual([0, expect.stringContaining('step 1 of 2 was done before')]);
    expect(stdout).toContain('created index by_lead on lead (id)\n');
  });

  test('that is interrupted by Ctrl-C while it waits says what was applied, exit 6', async () => {
    await onMigrated();
    writeFileSync(at('migrations/0003_lead.sql'), 'CREATE TABLE lead (id integer PRIMARY KEY);');
    writeFileSync(at('migrations/0004_duration.sql'), 'ALTER TABLE call_log ADD COLUMN duration integer;');
    const reader = await connect(url);
    await reader.query('begin; select from call_log');
    let asked = false;
    const { exit, stdout, stderr } = await shipshape(['migrate'], {
      cwd: project.folder,
      env: { DATABASE_URL: url },
      onOutput: (output, pid) => {
        if (asked || !output.includes('held by pid')) return;
        asked = true;
        process.kill(pid, 'SIGINT');
      },
    });
    await reader.close();
    expect(exit).toBe(6);
    expect(stdout).toContain('0003_lead applied');
    expect(stderr).toContain('interrupted in 0004_duration, which was rolled back');
    expect(stderr).toContain('applied and kept: 0003_lead');
    expect((await run('status')).stdout).toMatch(/0004_duration +pending/);
  });

  test('that waits too long for a locked table says who holds it, exit 5', async () => {
    await onMigrated();
    writeFileSync(at('migrations/0003_duration.sql'), 'ALTER TABLE call_log ADD COLUMN duration integer;');
    const reader = await connect(url, { applicationName: 'a long report' });
    await reader.query('begin; select from call_log');
    const { exit, stderr } = await run('migrate', '--wait', '1');
    await reader.close();
    expect(exit).toBe(5);
    expect(stderr).toMatch(new RegExp(`held by pid ${reader.pid} \\(a long report\\) idle in transaction`));
  });

  test('of a folder whose history was edited is refused, exit 3', async () => {
    await onMigrated();
    writeFileSync(at('migrations/0003_lead.sql'), 'CREATE TABLE lead (id integer PRIMARY KEY);');
    writeFileSync(at('migrations/0001_first.sql'), 'CREATE TABLE other (id integer);');
    const { exit, stdout, stderr } = await run('migrate');
    expect({ exit, stdout }).toEqual({ exit: 3, stdout: '' });
    expect(stderr).toContain('0001_first was edited after it was applied here');
  });
});

describe('verify', () => {
  test('of a migrated database is agreed, with its coverage as the last line', async () => {
    await onMigrated();
    const { exit, stdout, stderr } = await run('verify');
    expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
    expect(stdout).toMatch(/^✓ agreed: the database has what phone needs\.\n/);
    expect(stdout).toMatch(
      /\n {2}checked 2 tables, 6 columns, 2 unique keys, 0 enums of postgres:\S+ in \d+ ms\n$/,
    );
  });

  test('of a database that lacks a column names column, line, migration and command', async () => {
    await onMigrated();
    await sql(
      "delete from shipshape.ledger where id = '0002_recording_mode'",
      'alter table call_log drop column recording_mode',
    );
    const { exit, stdout } = await run('verify');
    expect(exit).toBe(1);
    expect(stdout).toContain('✗ pending: the database lacks 1 column that its code reads.');
    expect(stdout).toMatch(
      /call_log\.recording_mode +src\/schema\.ts:17 +added by 0002_recording_mode \(pending\)/,
    );
    expect(stdout).toMatch(/^ {2}do {7}npx shipshape migrate$/m);
  });

  test('of a column that somebody dropped is drifted, and the printed SQL mends it', async () => {
    await onMigrated();
    await sql('alter table call_log drop column recording_mode');
    const { exit, stdout } = await run('verify');
    expect(exit).toBe(1);
    expect(stdout).toContain('✗ drifted: ');
    expect(stdout).toContain('added by 0002_recording_mode (applied)');
    await sql(/ALTER TABLE [^;]+;/.exec(stdout)?.[0] as string);
    expect((await run('verify')).exit).toBe(0);
  });

  test('under --json is the value itself', async () => {
    await onMigrated();
    await sql('alter table call_log drop column recording_mode');
    const { exit, stdout, stderr } = await run('verify', '--json');
    expect({ exit, stderr }).toEqual({ exit: 1, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      verdict: 'drifted',
      coverage: { tables: 2 },
      findings: [
        {
          code: 'drifted-schema',
          severity: 'error',
          address: 'call_log.recording_mode',
          origin: { file: 'src/schema.ts', line: 17 },
          migration: '0002_recording_mode',
        },
      ],
    });
  });

  test('of a server that is not there is exit 4, and never a verdict', async () => {
    const { exit, stdout, stderr } = await run('verify', '--url', 'postgres://app:s3cret@127.0.0.1:1/calls');
    expect({ exit, stdout }).toEqual({ exit: 4, stdout: '' });
    expect(stderr).toContain('✗ postgres://app@127.0.0.1:1/calls cannot be reached');
    expect(stderr).not.toContain('s3cret');
  });
});

describe('check and snapshot', () => {
  test('agree on migrations that build what the models declare', async () => {
    const { exit, stdout } = await run('check');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/^✓ agreed: 2 migrations build what phone declares\.\n/);
  });

  test('name the forgotten column with its line, and write no snapshot that promises it', async () => {
    rmSync(at('migrations/0002_recording_mode.sql'));
    const { exit, stdout } = await run('check');
    expect(exit).toBe(1);
    expect(stdout).toContain('✗ forgotten: ');
    expect(stdout).toMatch(/call_log\.recording_mode +src\/schema\.ts:17 +no migration adds it/);
    const refused = await run('snapshot');
    expect(refused.exit).toBe(1);
    expect(refused.stdout).toContain('was not written');
    expect(readFileSync(at('migrations/shipshape.snapshot.json'), 'utf8')).toBe(snapshot);
  });

  test('a snapshot that is not there fails in CI', async () => {
    rmSync(at('migrations/shipshape.snapshot.json'));
    const { exit, stdout } = await run('check');
    expect(exit).toBe(1);
    expect(stdout).toContain('npx shipshape snapshot');
  });
});

describe('status', () => {
  test('tells what is pending, applied, edited, lost and of a newer release', async () => {
    await onEmpty();
    const fresh = await run('status');
    expect(fresh.exit).toBe(1);
    expect(fresh.stdout).toContain('✗ 2 migrations: 2 pending; the snapshot is current.');
    expect(fresh.stdout).toMatch(/^ {2}do {7}npx shipshape migrate$/m);
    await onMigrated();
    const applied = await run('status');
    expect(applied.exit).toBe(0);
    expect(applied.stdout).toMatch(/0001_first +applied \d{4}-\d\d-\d\dT/);
    await sql(
      `insert into shipshape.ledger select '', '0003_newer', checksum, started_at, finished_at, runner, run_id, token
       from shipshape.ledger where id = '0001_first'`,
    );
    const ahead = await run('status');
    expect(ahead.exit).toBe(0);
    expect(ahead.stdout).toMatch(/0003_newer +of a newer release, applied/);
    writeFileSync(at('migrations/0001_first.sql'), 'select 1;');
    writeFileSync(at('migrations/0004_more.sql'), 'select 1;');
    const { exit, stdout } = await run('status', '--json');
    expect(exit).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      snapshot: 'stale',
      migrations: [
        { id: '0001_first', state: 'edited' },
        { id: '0002_recording_mode', state: 'applied' },
        { id: '0003_newer', state: 'not in the folder' },
        { id: '0004_more', state: 'pending', appliedAt: null },
      ],
    });
  });
});

test('what the server refuses beside all that is known is exit 4, with its own words', async () => {
  await onMigrated();
  const owner = await connect(url);
  await owner.query('begin; lock table shipshape.ledger');
  const { exit, stdout, stderr } = await run('status', '--url', `${url}&options=-c%20lock_timeout%3D50`);
  await owner.close();
  expect({ exit, stdout }).toEqual({ exit: 4, stdout: '' });
  expect(stderr).toContain('the server refused: canceling statement due to lock timeout (55P03)');
});

describe('describe', () => {
  test('lists columns, keys and indexes', async () => {
    await onMigrated();
    const { exit, stdout } = await run('describe', 'call_log');
    expect(exit).toBe(0);
    expect(stdout).toBe(`table public.call_log

  column           type                    null       default
  business_id      integer                 not null
  id               bigint                  not null   generated always as identity
  recording_mode   character varying(32)
  status           character varying(32)              'new'::character varying

  CONSTRAINT call_log_business_id_fkey FOREIGN KEY (business_id) REFERENCES business (id) ON DELETE CASCADE
  CONSTRAINT call_log_pkey PRIMARY KEY (id)
  CREATE INDEX call_log_business_idx ON call_log (business_id, id);
`);
  });

  test('shows what is on a table: triggers, policies, partitions, comments', async () => {
    await onEmpty();
    await sql(
      "create function stamp() returns trigger language plpgsql as 'begin return new; end'",
      'create table measured (at date not null, value int) partition by range (at)',
      `create table measured_2026 partition of measured for values from ('2026-01-01') to ('2027-01-01')`,
      'create trigger stamped before insert on measured_2026 for each row execute function stamp()',
      'alter table measured_2026 enable row level security, force row level security',
      'create policy own on measured_2026 for select to public using (value > 0)',
      `comment on table measured_2026 is 'One year.'; comment on column measured_2026.value is 'in metres'`,
    );
    expect((await run('describe', 'measured_2026')).stdout).toBe(`table public.measured_2026

  One year.

  column   type      null       default   comment
  at       date      not null
  value    integer                        in metres

  CREATE TRIGGER stamped BEFORE INSERT ON public.measured_2026 FOR EACH ROW EXECUTE FUNCTION public.stamp();
  CREATE POLICY own ON measured_2026 FOR SELECT USING ((value > 0));

  ALTER TABLE measured ATTACH PARTITION measured_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
  ALTER TABLE measured_2026 ENABLE ROW LEVEL SECURITY;
  ALTER TABLE measured_2026 FORCE ROW LEVEL SECURITY;
`);
    expect((await run('describe', 'measured')).stdout).toContain('\n  PARTITION BY RANGE (at)\n');
  });

  test('shows views, plain and materialized', async () => {
    await onEmpty();
    await sql(
      'create table t (a int, b text)',
      'create view seen as select a, upper(b) as loud from t',
      'create materialized view kept as select a from t; create unique index kept_a on kept (a)',
    );
    expect((await run('describe', 'seen')).stdout).toBe(`view public.seen

  column   type
  a        integer
  loud     text

  SELECT a,
      upper(b) AS loud
     FROM public.t
`);
    expect((await run('describe', 'kept')).stdout).toContain('CREATE UNIQUE INDEX kept_a ON kept (a);');
    expect((await run('describe', 'sean')).stderr).toContain('describe seen');
  });

  test('takes a schema, folds case, and finds quoted names', async () => {
    await onEmpty();
    await sql(
      'create schema "Odd"',
      'create table "Odd"."Call.Log" (a int)',
      'create table call_log (b int)',
    );
    expect((await run('describe', '"Odd"."Call.Log"')).stdout).toContain('table "Odd"."Call.Log"');
    expect((await run('describe', 'PUBLIC.Call_Log')).stdout).toContain('table public.call_log');
    expect((await run('describe', '"Odd".call_log')).exit).toBe(1);
  });

  test('of a table that is not there names the one that was meant', async () => {
    await onEmpty();
    await sql('create table call_log (a int)');
    const { exit, stderr } = await run('describe', 'call_logs');
    expect(exit).toBe(1);
    expect(stderr).toContain('there is no table call_logs');
    expect(stderr).toMatch(/^ {2}do {7}npx shipshape describe call_log$/m);
  });

  test('under --json gives the catalog of the table', async () => {
    await onEmpty();
    await sql('create table t (a int not null)');
    const { stdout } = await run('describe', 't', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      tables: [{ schema: 'public', name: 't', columns: [{ name: 'a', type: 'integer', nullable: false }] }],
    });
  });
});

describe('the embedded database of a project', () => {
  let login: LoginServer;
  beforeAll(async () => {
    login = await startLoginServer();
  });
  afterAll(() => login.stop());

  test('is the one that commands are about, and that `url` prints, when no other is named', async () => {
    const { exit, stdout } = await shipshape(['url', '--embedded', 'calls'], { cwd: login.project });
    expect({ exit, stdout }).toEqual({ exit: 0, stdout: `${login.url}\n` });
    await login.admin.query('create table seen (a int)');
    const seen = await shipshape(['describe', 'seen', '--embedded', 'calls'], { cwd: login.project });
    expect(seen.stdout).toContain('table public.seen');
  });

  test('gives way to DATABASE_URL', async () => {
    await onEmpty();
    await sql('create table elsewhere (a int)');
    const { stdout } = await shipshape(['describe', 'elsewhere', '--embedded', 'calls'], {
      cwd: login.project,
      env: { DATABASE_URL: url },
    });
    expect(stdout).toContain('table public.elsewhere');
  });

  test('takes what migrations make into the schema that is meant', async () => {
    const env = { SHIPSHAPE_EMBEDDED: 'calls', SHIPSHAPE_MIGRATIONS: at('migrations'), DATABASE_URL: '' };
    const { exit, stderr } = await shipshape(['migrate'], { cwd: login.project, env });
    expect({ exit, stderr: stderr.includes('✗') }).toEqual({ exit: 0, stderr: false });
    expect((await shipshape(['describe', 'call_log'], { cwd: login.project, env })).stdout).toContain(
      'table public.call_log',
    );
  });
});
