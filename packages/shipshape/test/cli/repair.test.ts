// repair: the plan that is shown, the same plan carried out, and all that it refuses.
import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Column } from '../../src/catalog/index.ts';
import { temporaryName } from '../../src/plan/repair/ground.ts';
import { connect } from '../../src/postgres/connect.ts';
import { writeSnapshotOf } from '../deploy/snapshots.ts';
import { until } from '../migrate/world.ts';
import { bin, makeFolder, shipshape } from './shipshape-process.ts';
import { useWorkplace } from './use-workplace.ts';

const workplace = useWorkplace(makeFolder);
const { ask } = workplace;
const folder = () => join(workplace.folder, 'migrations');
const write = (name: string, text: string) => writeFileSync(join(folder(), name), text);
const run = (...args: string[]) => workplace.run(...args, '--migrations', folder());

async function keep(): Promise<void> {
  await ask('CREATE DATABASE scratch_of_test');
  const session = await connect(workplace.env.DATABASE_URL.replace(/\/[^/?]+(\?|$)/, '/scratch_of_test$1'));
  await writeSnapshotOf(folder(), session);
  await session.close();
  await ask('DROP DATABASE scratch_of_test');
}

beforeEach(async () => {
  mkdirSync(folder());
  write('0001_calls.sql', 'CREATE TABLE calls (id bigint PRIMARY KEY, sid text NOT NULL);');
  write(
    '0002_mode.sql',
    'ALTER TABLE calls ADD COLUMN mode varchar(32); CREATE INDEX by_sid ON calls (sid);',
  );
  await keep();
  expect((await run('migrate')).exit).toBe(0);
  await ask("INSERT INTO calls SELECT i, 'CA' || i, 'dual' FROM generate_series(1, 100) i");
});

const planIn = (text: string): string => /repair --plan ([0-9a-f]{8})$/m.exec(text)?.[1] ?? 'none';
const journal = () =>
  ask("SELECT migration || ' ' || position || ' ' || state FROM shipshape.step ORDER BY 1");

test('with nothing to do it says so; else it shows the plan and changes nothing; the plan by its name brings all back', async () => {
  const agreed = await run('repair');
  expect([agreed.exit, agreed.stdout]).toEqual([
    0,
    expect.stringMatching(/^✓ nothing to repair: .* has what its applied migrations made\n$/),
  ]);

  await ask('ALTER TABLE calls DROP COLUMN mode; DROP INDEX by_sid');
  const shown = await run('repair');
  const plan = planIn(shown.stdout);
  expect([shown.exit, shown.stdout]).toEqual([
    1,
    expect.stringContaining(`  do       npx shipshape repair --plan ${plan}\n`),
  ]);
  expect(shown.stdout).toContain('calls.mode is gone\n     because 0002_mode, which made it, is applied');
  expect(shown.stdout).toContain(
    'CREATE INDEX CONCURRENTLY by_sid ON public.calls (sid);\n       SHARE UPDATE EXCLUSIVE: nobody waits',
  );
  expect((await run('repair')).stdout).toBe(shown.stdout);
  expect(await ask("SELECT to_regclass('by_sid')::text")).toEqual([null]);
  expect(await journal()).toEqual([]);

  const done = await run('repair', '--plan', plan);
  expect([done.exit, done.stderr]).toEqual([0, expect.not.stringContaining('✗')]);
  expect(done.stdout).toMatch(
    /calls\.mode brought back\n(.*\n)*index calls\.by_sid brought back\n✓ 2 things brought back on .* in \d+ ms\n$/,
  );
  expect((await run('repair')).exit).toBe(0);
  expect(await journal()).toEqual([
    `repair ${plan} 0 done`,
    `repair ${plan} 1 done`,
    `repair ${plan} 2 done`,
    `repair ${plan}/2 0 done`,
  ]);
  // The ledger and who reads it know nothing of it.
  expect(await ask('SELECT id FROM shipshape.ledger ORDER BY id')).toEqual(['0001_calls', '0002_mode']);
  expect((await run('status')).exit).toBe(0);

  const again = await run('repair', '--plan', plan);
  expect([again.exit, again.stdout]).toEqual([0, expect.stringContaining('nothing to repair')]);

  // What is done again is another repair.
  await ask('ALTER TABLE calls DROP COLUMN mode; DROP INDEX by_sid');
  const next = planIn((await run('repair')).stdout);
  expect(next).not.toBe(plan);
  expect((await run('repair', '--plan', next)).exit).toBe(0);
});

test('a database that was changed meanwhile has another plan: refused, exit 3, and shown', async () => {
  await ask('ALTER TABLE calls DROP COLUMN mode');
  const old = planIn((await run('repair')).stdout);
  await ask('DROP INDEX by_sid');
  const { exit, stdout, stderr } = await run('repair', '--plan', old);
  const now = planIn(stdout);
  expect([exit, stderr]).toEqual([3, expect.stringContaining(`${old} is not what would bring`)]);
  expect(now).not.toBe(old);
  expect(stderr).toContain(`npx shipshape repair --plan ${now}`);
  expect(stdout).toContain('CREATE INDEX CONCURRENTLY by_sid');
  expect(
    await ask("SELECT attname FROM pg_attribute WHERE attrelid = 'calls'::regclass AND attname = 'mode'"),
  ).toEqual([]);
  expect(await journal()).toEqual([]);
});

test('as JSON: the plan with its locks, what came of it, and why it is refused', async () => {
  await ask('DROP INDEX by_sid');
  const shown = JSON.parse((await run('repair', '--json')).stdout);
  expect(shown).toMatchObject({
    version: 1,
    findings: [],
    plan: {
      name: expect.stringMatching(/^[0-9a-f]{8}$/),
      acts: [
        {
          mends: [{ subject: 'index calls.by_sid', aspect: null, migration: '0002_mode' }],
          statements: [{ lock: 'SHARE UPDATE EXCLUSIVE', whoWaits: 'nobody waits' }],
          apart: true,
        },
      ],
    },
  });
  const refused = JSON.parse((await run('repair', '--json', '--plan', '00000000')).stdout);
  expect(refused).toMatchObject({
    applied: [],
    findings: [{ code: 'repair-plan-changed' }],
    plan: shown.plan,
  });
  const done = JSON.parse((await run('repair', '--json', '--plan', shown.plan.name)).stdout);
  expect(done).toMatchObject({
    applied: [{ subject: 'index calls.by_sid' }],
    findings: [],
    left: [],
    plan: null,
  });
});

test('where it is not known what the database should be, nothing is proposed', async () => {
  await ask('DROP INDEX by_sid');
  write('0002_mode.sql', 'ALTER TABLE calls ADD COLUMN mode varchar(32);');
  const edited = await run('repair');
  expect([edited.exit, edited.stderr]).toEqual([3, expect.stringContaining('0002_mode was edited')]);
  write(
    '0002_mode.sql',
    'ALTER TABLE calls ADD COLUMN mode varchar(32); CREATE INDEX by_sid ON calls (sid);',
  );

  write('0003_next.sql', 'CREATE TABLE next (id bigint);');
  const stale = await run('repair');
  expect([stale.exit, stale.stderr]).toEqual([3, expect.stringContaining('it does not know 0003_next')]);
  rmSync(join(folder(), '0003_next.sql'));

  await ask(`INSERT INTO shipshape.ledger SELECT scope, '0009_newer', checksum, started_at, finished_at, runner, run_id, token
    FROM shipshape.ledger WHERE id = '0001_calls' RETURNING id`);
  const ahead = await run('repair');
  expect([ahead.exit, ahead.stderr]).toEqual([3, expect.stringContaining('0009_newer')]);
  await ask("DELETE FROM shipshape.ledger WHERE id = '0009_newer'");

  await ask('DROP TABLE calls');
  const empty = await run('repair');
  expect([empty.exit, empty.stderr]).toEqual([4, expect.stringContaining('has none of them')]);
  await ask('DROP SCHEMA shipshape CASCADE');
  const never = await run('repair');
  expect([never.exit, never.stderr]).toEqual([3, expect.stringContaining('no migration of')]);

  rmSync(join(folder(), 'shipshape.snapshot.json'));
  const missing = await run('repair');
  expect([missing.exit, missing.stderr]).toEqual([3, expect.stringContaining('there is no snapshot')]);
});

test('killed in the middle of an index it goes on under its name, and leaves nothing behind', async () => {
  await ask('DROP INDEX by_sid; ALTER TABLE calls ALTER sid DROP NOT NULL');
  const plan = planIn((await run('repair')).stdout);
  const reader = await connect(workplace.env.DATABASE_URL);
  try {
    await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM pg_class LIMIT 1');
    const args = [bin, 'repair', '--plan', plan, '--migrations', folder()];
    const child = spawn(process.execPath, args, {
      cwd: workplace.folder,
      env: { ...process.env, ...workplace.env },
      stdio: 'ignore',
    });
    const ended = new Promise((resolve) => child.once('close', resolve));
    const waits = "SELECT 1 FROM pg_stat_progress_create_index WHERE phase LIKE 'waiting for old snapshots'";
    await until(async () => (await ask(waits)).length === 1, 'the index is being built');
    child.kill('SIGKILL');
    await ended;
  } finally {
    const cut = await run('repair');
    expect([cut.exit, cut.stdout]).toEqual([
      1,
      expect.stringContaining(`npx shipshape repair --plan ${plan}     goes on with it`),
    ]);
    await reader.close();
  }
  const { exit, stdout, stderr } = await run('repair', '--plan', plan);
  expect([exit, stderr]).toEqual([0, expect.not.stringContaining('✗')]);
  expect(stdout).toContain('index calls.by_sid brought back');
  expect((await run('repair')).exit).toBe(0);
  expect(await ask("SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_sid'::regclass")).toEqual([true]);
  expect(await ask("SELECT conname FROM pg_constraint WHERE conname LIKE 'shipshape%'")).toEqual([]);
  expect(
    await ask("SELECT state FROM shipshape.step WHERE position = 0 AND migration NOT LIKE '%/%'"),
  ).toEqual(['done']);
}, 60_000);

test('what a repair that was given up has left behind is taken away by the next one', async () => {
  await ask('ALTER TABLE calls ALTER sid DROP NOT NULL');
  const first = (await run('repair')).stdout;
  const add = /ALTER TABLE public\.calls ADD CONSTRAINT shipshape_[^;]+;/.exec(first)?.[0] ?? '';
  await ask(add);
  const { stdout } = await run('repair');
  expect(stdout).toContain('a repair that was cut off has left it behind');
  expect((await run('repair', '--plan', planIn(stdout))).exit).toBe(0);
  expect(await ask("SELECT conname FROM pg_constraint WHERE conname LIKE 'shipshape%'")).toEqual([]);
  expect((await run('repair')).exit).toBe(0);
});

test('what is left behind when all is back goes as well, and is no thing of its own', async () => {
  const column = { kind: 'column', schema: 'public', table: 'calls', name: 'sid' } as Column;
  const left = temporaryName(column);
  // A name of that form that is nobody's is somebody's own.
  await ask('CREATE INDEX shipshape_0123abcd ON calls (sid)');
  await ask(`CREATE INDEX ${left} ON calls (sid)`);
  const { exit, stdout } = await run('repair');
  expect([exit, stdout]).toEqual([1, expect.stringContaining('what a repair has left behind would go.')]);
  const done = await run('repair', '--plan', planIn(stdout));
  expect([done.exit, done.stdout]).toEqual([
    0,
    expect.stringContaining('✓ what a repair had left behind is gone from'),
  ]);
  expect(await ask("SELECT relname FROM pg_class WHERE relname LIKE 'shipshape~_%' ESCAPE '~'")).toEqual([
    'shipshape_0123abcd',
  ]);
});

test('what fails all the same is told in its own words, with what is done and what is not', async () => {
  await ask(
    'ALTER TABLE calls ALTER sid DROP NOT NULL, ALTER mode TYPE text; CREATE VIEW modes AS SELECT mode FROM calls',
  );
  const plan = planIn((await run('repair')).stdout);
  const { exit, stderr } = await run('repair', '--plan', plan);
  expect(exit).toBe(6);
  expect(stderr).toContain(
    'the type of calls.mode could not be brought back: cannot alter type of a column used by a view',
  );
  expect(stderr).toContain(
    'applied and kept: the nullability of calls.sid; not applied: the type of calls.mode',
  );
  expect(stderr).toContain('npx shipshape repair     shows what is left to do');
  expect(stderr).not.toContain(`${plan}/`);
});

test("another tool's folder is as good: Prisma's, with its own ledger", async () => {
  rmSync(folder(), { recursive: true });
  mkdirSync(join(folder(), '20260101000000_calls'), { recursive: true });
  write('migration_lock.toml', 'provider = "postgresql"\n');
  write('20260101000000_calls/migration.sql', 'CREATE TABLE legs (id bigint PRIMARY KEY, sid text);');
  await ask('DROP TABLE calls; DROP SCHEMA shipshape CASCADE');
  await keep();
  expect((await run('migrate')).exit).toBe(0);
  await ask('ALTER TABLE legs DROP COLUMN sid');
  const { stdout } = await run('repair');
  expect(stdout).toContain('because 20260101000000_calls, which made it, is applied');
  const { exit } = await run('repair', '--plan', planIn(stdout));
  expect(exit).toBe(0);
  expect(await ask('SELECT count(*)::int FROM _prisma_migrations')).toEqual([1]);
  expect((await run('status')).exit).toBe(0);
});

test('behind a table that stays locked it gives up with exit 5, and Ctrl-C says what is back; both go on by the name', async () => {
  await ask('ALTER TABLE calls DROP COLUMN mode; DROP INDEX by_sid');
  const plan = planIn((await run('repair')).stdout);
  const reader = await connect(workplace.env.DATABASE_URL);
  try {
    await reader.query('BEGIN; SELECT FROM calls LIMIT 1');
    const busy = await run('repair', '--plan', plan, '--wait', '1');
    expect([busy.exit, busy.stderr]).toEqual([
      5,
      expect.stringContaining('calls.mode: the lock was not granted'),
    ]);
    expect(busy.stderr).toContain(`npx shipshape repair --plan ${plan}`);
    expect(busy.stderr).not.toMatch(/shipshape migrate|\/\d:/);
    await reader.query('ROLLBACK; BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM pg_class LIMIT 1');
    let asked = false;
    const stopped = await shipshape(['repair', '--plan', plan, '--migrations', folder()], {
      cwd: workplace.folder,
      env: workplace.env,
      onOutput: (output, pid) => {
        // A second one would end it at once.
        if (!asked && output.includes('waiting for old snapshots')) asked = process.kill(pid, 'SIGINT');
      },
    });
    expect([stopped.exit, stopped.stderr]).toEqual([
      6,
      expect.stringContaining('interrupted in index calls.by_sid'),
    ]);
    expect(stopped.stderr).toContain('applied and kept: calls.mode;');
    expect(stopped.stderr).toContain(`npx shipshape repair --plan ${plan}`);
  } finally {
    await reader.close();
  }
  expect((await run('repair', '--plan', plan)).exit).toBe(0);
  expect((await run('repair')).exit).toBe(0);
});
