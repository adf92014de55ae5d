// Fleets: many tenants in one call, as processes: policies, failures, kills, and what is left for the next call.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { quoteIdentifier } from '../../src/catalog/index.ts';
import { connect } from '../../src/postgres/connect.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { writeSnapshotOf } from '../deploy/snapshots.ts';
import { isLong } from '../introspect/matrix.ts';
import { hasPgbouncer, startPgbouncer } from '../migrate/pgbouncer.ts';
import { makeFolder, type Project, shipshape } from './shipshape-process.ts';

let server: ScratchServer;
let project: Project;
let url: string;
let session: OwnSession;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());
beforeEach(async () => {
  project = makeFolder();
  url = await server.createDatabase();
  session = await connect(url);
});
afterEach(async () => {
  await session.close();
  project.remove();
});

const write = (name: string, text: string) => writeFileSync(join(project.folder, name), text);
const env = (address: string) => ({ env: { DATABASE_URL: address } });
const run = (args: readonly string[], options: Partial<Parameters<typeof shipshape>[1]> = {}) =>
  shipshape(['migrate', ...args, '--migrations', project.folder], {
    cwd: project.folder,
    ...env(url),
    ...options,
  });
const fleet = (...args: string[]) => run(['--each-schema', 'tenant_*', ...args]);
async function ask(text: string): Promise<readonly unknown[]> {
  const { rows } = await session.query<Record<string, unknown>>(text);
  return rows.map((row) => Object.values(row)[0]);
}
async function snapshot(): Promise<void> {
  const scratch = await connect(await server.createDatabase());
  await writeSnapshotOf(project.folder, scratch);
  await scratch.close();
}
async function tenants(...names: readonly string[]): Promise<void> {
  await session.query(names.map((name) => `CREATE SCHEMA ${quoteIdentifier(name)};`).join('\n'));
}
const numbered = (many: number) =>
  Array.from({ length: many }, (_, at) => `tenant_${String(at + 1).padStart(4, '0')}`);
const applied = () => ask("SELECT scope || ' ' || id FROM shipshape.ledger ORDER BY 1");
const small = () => {
  write('0001_a.sql', 'CREATE TABLE a (id integer PRIMARY KEY);');
  write('0002_b.sql', 'ALTER TABLE a ADD COLUMN b text;');
};

const rich = `CREATE TYPE direction AS ENUM ('in', 'out');
CREATE DOMAIN amount AS numeric CHECK (VALUE >= 0);
CREATE FUNCTION twice(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT 2 * n';
CREATE FUNCTION noop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TABLE call (id serial PRIMARY KEY, direction direction NOT NULL DEFAULT 'in', cost amount,
  double integer DEFAULT twice(4), CHECK (twice(double) > 0));
CREATE TABLE leg (call integer REFERENCES call (id), at timestamptz) PARTITION BY RANGE (at);
CREATE TABLE leg_2026 PARTITION OF leg FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX by_double ON call (twice(double)) WHERE direction = 'out'::direction;
CREATE TRIGGER t BEFORE INSERT ON call FOR EACH ROW EXECUTE FUNCTION noop();
CREATE VIEW recent AS SELECT tenant_a.id, tenant_a.direction, leg.at FROM call AS tenant_a JOIN leg ON leg.call = tenant_a.id;
COMMENT ON TABLE call IS 'of a tenant';`;

describe('schemas', () => {
  test('each gets its own, verified, whatever its name; nothing lands elsewhere; the second call has nothing to do', async () => {
    write('0001_rich.sql', rich);
    write('0002_index.sql', 'CREATE INDEX CONCURRENTLY by_cost ON call (cost);');
    write(
      '0003_fill.sql',
      '-- shipshape: backfill table=call key=id batch=2\nUPDATE call SET double = 9 WHERE id BETWEEN $1 AND $2 AND double <> 9;',
    );
    await snapshot();
    await tenants('tenant_a', 'tenant_Odd "name', 'other');
    await session.query('CREATE TABLE public.call (id integer)');
    const first = await fleet('--json');
    expect(first.stderr).not.toContain('✗');
    const told = JSON.parse(first.stdout);
    expect([first.exit, told.findings, told.summary]).toEqual([
      0,
      [],
      { tenants: 2, done: 2, nothingToDo: 0, failed: 0, notBegun: 0 },
    ]);
    expect(await applied()).toEqual(
      ['tenant_Odd "name', 'tenant_a']
        .flatMap((name) => ['0001_rich', '0002_index', '0003_fill'].map((id) => `${name} ${id}`))
        .sort(),
    );
    expect(
      await ask(
        `SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname IN ('by_cost', 'recent', 'leg_2026') ORDER BY 1`,
      ),
    ).toEqual([
      '"tenant_Odd ""name"',
      '"tenant_Odd ""name"',
      '"tenant_Odd ""name"',
      'tenant_a',
      'tenant_a',
      'tenant_a',
    ]);
    expect(
      await ask(
        "SELECT attname::text FROM pg_attribute WHERE attrelid = 'public.call'::regclass AND attnum > 0",
      ),
    ).toEqual(['id']);

    const second = await fleet();
    expect([second.exit, second.stdout]).toEqual([
      0,
      expect.stringMatching(/^✓ 2 tenants: 2 done \(2 had nothing to do\), in \d+ ms\n$/),
    ]);
  });

  test('what a tenant has otherwise is told of it, and the way out works', async () => {
    write('0001_a.sql', 'CREATE TABLE IF NOT EXISTS a (id integer PRIMARY KEY, n integer DEFAULT 1);');
    await snapshot();
    await tenants('tenant_1', 'tenant_2');
    await session.query('CREATE TABLE tenant_2.a (id integer PRIMARY KEY, n text)');
    const ran = await fleet('--canary', '0', '--concurrency', '1');
    expect([ran.exit, ran.stderr]).toEqual([
      6,
      expect.stringContaining('tenant_2: 0001_a ran, and a.n has the type text instead of integer'),
    ]);
    expect(ran.stdout).toMatch(
      /tenant_1: 1 migration applied\ntenant_2: failed in 0001_a\n✗ 2 tenants: 1 done, 1 failed \(tenant_2\)/,
    );
    expect(await applied()).toEqual(['tenant_1 0001_a']);
  });

  test('--dry-run tells what is pending, and does nothing', async () => {
    small();
    await tenants('tenant_1');
    const { exit, stdout } = await fleet('--dry-run');
    expect([exit, stdout]).toEqual([
      0,
      'tenant_1 would apply 0001_a, 0002_b\nnothing was done: 1 tenant with pending migrations, 0 without\n',
    ]);
    expect(await ask("SELECT to_regclass('shipshape.ledger')::text")).toEqual([null]);
  });

  test('a snapshot that is out of date is told once', async () => {
    small();
    await snapshot();
    write('0003_c.sql', 'CREATE TABLE c (id integer);');
    await tenants(...numbered(3));
    const { exit, stdout, stderr } = await fleet();
    expect([exit, stdout]).toEqual([0, expect.stringContaining('3 tenants: 3 done')]);
    expect(stderr.match(/snapshot/g)?.length).toBeLessThan(6);
  });
});

describe('who fails', () => {
  beforeEach(async () => {
    write('0001_a.sql', 'CREATE TABLE a (id integer PRIMARY KEY);');
    await tenants(...numbered(4));
  });
  const spoil = (name: string) => session.query(`CREATE TABLE ${name}.a (id integer)`);
  const one = ['--concurrency', '1'];

  test('a canary: no other is begun, whatever the policy', async () => {
    await spoil('tenant_0001');
    const { exit, stdout } = await fleet('--on-failure', 'continue');
    expect([exit, stdout]).toEqual([
      6,
      expect.stringContaining(
        '0 done, 1 failed (tenant_0001), 3 not begun (tenant_0002, tenant_0003, tenant_0004); a canary failed',
      ),
    ]);
    expect(await applied()).toEqual([]);
  });
  test('stop: those after it are not begun', async () => {
    await spoil('tenant_0003');
    const { exit, stdout } = await fleet(...one);
    expect([exit, stdout]).toEqual([
      6,
      expect.stringContaining('2 done, 1 failed (tenant_0003), 1 not begun (tenant_0004)'),
    ]);
  });
  test('continue: all others are done, and the next call does the one that is left', async () => {
    await spoil('tenant_0003');
    const { exit, stdout } = await fleet(...one, '--on-failure', 'continue');
    expect([exit, stdout]).toEqual([6, expect.stringContaining('3 done, 1 failed (tenant_0003)')]);
    await session.query('DROP TABLE tenant_0003.a');
    const again = await fleet();
    expect([again.exit, again.stdout]).toEqual([0, expect.stringContaining('4 done (3 had nothing to do)')]);
  });
  test('a tenant behind a reader: exit 5, the others are done', async () => {
    expect((await fleet()).exit).toBe(0);
    write('0002_b.sql', 'ALTER TABLE a ADD COLUMN b text;');
    const reader = await connect(url);
    await reader.query('BEGIN; SELECT * FROM tenant_0002.a');
    const { exit, stdout, stderr } = await fleet('--wait', '1', '--on-failure', 'continue');
    await reader.close();
    expect([exit, stdout]).toEqual([5, expect.stringContaining('3 done, 1 failed (tenant_0002)')]);
    expect(stderr).toContain('tenant_0002: ');
    expect((await fleet()).exit).toBe(0);
  });
  test('a schema that the role may not use: refused, and nothing lands in public', async () => {
    await session.query(
      `CREATE ROLE app LOGIN; GRANT CREATE ON DATABASE ${quoteIdentifier(String((await ask('SELECT current_database()'))[0]))} TO app; GRANT CREATE ON SCHEMA public TO app`,
    );
    const asApp = `${url}${url.includes('?') ? '&' : '?'}user=app`;
    const { exit, stderr } = await run(['--each-schema', 'tenant_*'], env(asApp));
    await session.query('DROP OWNED BY app; DROP ROLE app');
    expect([exit, stderr]).toEqual([
      3,
      expect.stringContaining('the schema tenant_0001 is gone, or app may not use it'),
    ]);
    expect(await ask("SELECT to_regclass('public.a')::text")).toEqual([null]);
  });
});

test.each([
  [['--each-schema', 'client_*'], 'no schema of'],
  [['--each-schema', 'pg_*'], 'pg_* takes in pg_catalog'],
  [['--each-schema', '*'], 'information_schema'],
  [['--each-schema', 'a', '--each-url', 'b'], 'exclude each other'],
  [['--canary', '2'], '--canary is of several tenants'],
  [['--each-schema', 'a', '--concurrency', '0'], '--concurrency has to be a whole number'],
  [['--each-url', 'urls.txt'], 'urls.txt:2: the variable NOT_SET is not set'],
  [['--each-url', 'none.txt'], 'none.txt'],
])('%j is asked wrongly', async (args, told) => {
  small();
  write('urls.txt', '# those of the north\n$NOT_SET\n');
  const { exit, stderr } = await run(args);
  expect([exit, stderr]).toEqual([2, expect.stringContaining(told)]);
});

test('databases: one that cannot be reached fails by itself, and no password is printed', async () => {
  small();
  const other = await server.createDatabase();
  const secret = 'postgres://app:hush@127.0.0.1:1/gone';
  write('urls.txt', `# north\n$NORTH\n\n${secret}\n${other}\n`);
  const { exit, stdout, stderr } = await run(['--each-url', 'urls.txt', '--on-failure', 'continue'], {
    env: { NORTH: url },
  });
  expect([exit, stdout]).toEqual([
    4,
    expect.stringContaining('3 tenants: 2 done, 1 failed (postgres://app@127.0.0.1:1/gone)'),
  ]);
  expect(stdout + stderr).not.toContain('hush');
  expect(await ask('SELECT id FROM shipshape.ledger ORDER BY id')).toEqual(['0001_a', '0002_b']);
});

test('two fleets at once: each migration takes effect once', async () => {
  small();
  const names = numbered(12);
  await tenants(...names);
  const both = await Promise.all([fleet(), fleet('--concurrency', '3')]);
  expect(both.map(({ exit }) => exit)).toEqual([0, 0]);
  expect(await applied()).toEqual(names.flatMap((name) => [`${name} 0001_a`, `${name} 0002_b`]));
});

test('Ctrl-C: what is under way is rolled back, the rest is not begun, and that is said', async () => {
  small();
  await tenants(...numbered(3));
  await session.query('CREATE TABLE tenant_0002.hold (id integer)');
  write(
    '0003_c.sql',
    "DO $$ BEGIN IF current_schema() = 'tenant_0002' THEN PERFORM pg_sleep(60); END IF; END $$;",
  );
  let sent = false;
  const { exit, stdout, stderr } = await run(['--each-schema', 'tenant_*', '--concurrency', '1'], {
    onOutput: (output, pid) => {
      if (sent || !output.includes('tenant_0001: 3 migrations applied')) return;
      sent = true;
      process.kill(pid, 'SIGINT');
    },
  });
  expect([exit, stdout]).toEqual([6, expect.stringMatching(/3 tenants: 1 done.* not begun/)]);
  expect(stdout + stderr).toContain('tenant_0003');
});

test.runIf(hasPgbouncer)('through a transaction pooler', async () => {
  write('0001_rich.sql', rich);
  await snapshot();
  await tenants(...numbered(3));
  const pooler = await startPgbouncer(url, 'transaction');
  try {
    const { exit, stdout, stderr } = await run(['--each-schema', 'tenant_*'], env(pooler.url));
    expect([exit, stdout, stderr]).toEqual([
      0,
      expect.stringContaining('3 tenants: 3 done'),
      expect.not.stringContaining('not verified'),
    ]);
    expect(
      await ask("SELECT relnamespace::regnamespace::text FROM pg_class WHERE relname = 'call' ORDER BY 1"),
    ).toEqual(numbered(3));
  } finally {
    await pooler.stop();
  }
});

const many = isLong ? 1000 : 100;
test(`${many} tenants, killed half-way with -9, and called again: each is done once`, async () => {
  small();
  await snapshot();
  const names = numbered(many);
  for (let at = 0; at < many; at += 100) await tenants(...names.slice(at, at + 100));
  // As many as are worked on at once cannot be done yet: the fleet is not through before it is killed.
  const holder = await connect(url);
  await holder.query(
    `BEGIN; ${names
      .slice(-4)
      .map((name) => `CREATE TABLE ${name}.a ()`)
      .join('; ')}`,
  );
  let struck = false;
  const killed = await run(['--each-schema', 'tenant_*'], {
    onOutput: (output, pid) => {
      if (struck || output.split(': 2 migrations applied').length <= many / 2) return;
      struck = true;
      process.kill(pid, 'SIGKILL');
    },
  });
  await holder.query('ROLLBACK');
  await holder.close();
  expect(killed.exit).toBe(null);
  const before = (await ask('SELECT count(DISTINCT scope)::int FROM shipshape.ledger'))[0] as number;
  expect(before).toBeGreaterThanOrEqual(many / 2);
  expect(before).toBeLessThanOrEqual(many - 4);
  const again = await fleet('--json');
  const { summary, findings } = JSON.parse(again.stdout);
  expect([again.exit, findings]).toEqual([0, []]);
  expect(summary).toMatchObject({ tenants: many, done: many, failed: 0, notBegun: 0 });
  expect(await applied()).toEqual(names.flatMap((name) => [`${name} 0001_a`, `${name} 0002_b`]));
  expect(
    await ask(
      "SELECT count(*)::int FROM pg_attribute WHERE attname = 'b' AND attrelid::regclass::text LIKE 'tenant_%'",
    ),
  ).toEqual([many]);
}, 600_000);
