// What users of other migrators complain of, each as the behaviour that is promised here; by the command, without a terminal.
import { execFileSync, spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bin, makeProject } from '../../packages/shipshape/test/cli/shipshape-process.ts';
import { useWorkplace } from '../../packages/shipshape/test/cli/use-workplace.ts';

const workplace = useWorkplace(makeProject);
const { run, ask } = workplace;
const write = (name: string, sql: string) => writeFileSync(join(workplace.folder, 'migrations', name), sql);

test('every complaint that part 3 answers has its fixture', () => {
  const root = join(import.meta.dirname, '../..');
  const titles = ['test', 'packages/shipshape/test']
    .flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, encoding: 'utf8' }).map((name) =>
        join(root, top, name),
      ),
    )
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/['"`]complaint (\d+): /g)].map(([, number]) => number),
    );
  for (const number of ['3', '4', '5', '6', '7', '8', '14', '15']) expect(titles).toContain(number);
});

test('complaint 3: a migration that comes late is never skipped in silence', async () => {
  write('0004_newer.sql', 'CREATE TABLE newer (id integer PRIMARY KEY);');
  expect((await run('migrate')).exit).toBe(0);
  // Merged afterwards, with an older number.
  write('0003_late.sql', 'CREATE TABLE late (id integer PRIMARY KEY);');
  // What the code needs is there: it may start, and is told all the same.
  const expected = { migrate: 3, verify: 0, status: 1 };
  for (const [command, code] of Object.entries(expected)) {
    const { exit, stdout, stderr } = await run(command);
    expect([command, exit]).toEqual([command, code]);
    expect(stdout + stderr).toContain('0003_late');
  }
  expect(await ask("SELECT to_regclass('late')::text")).toEqual([null]);
  const allowed = await run('migrate', '--allow-out-of-order');
  expect([allowed.exit, allowed.stdout]).toEqual([0, expect.stringContaining('0003_late applied')]);
});

test('complaint 6: a runner that waits does not hold up a concurrent build, nor a failed one the next', async () => {
  expect((await run('migrate')).exit).toBe(0);
  write(
    '0003_rows.sql',
    `INSERT INTO business (id, name) SELECT n, 'b' || n FROM generate_series(1000, 1300) n;
     CREATE FUNCTION slow(text) RETURNS text LANGUAGE plpgsql IMMUTABLE AS 'BEGIN PERFORM pg_sleep(0.002); RETURN $1; END';`,
  );
  write('0004_by_name.sql', 'CREATE INDEX CONCURRENTLY by_slow_name ON business (slow(name));');
  const both = await Promise.all([run('migrate'), run('migrate'), run('migrate')]);
  expect(both.map(({ exit, stderr }) => [exit, exit === 0 ? '' : stderr])).toEqual(both.map(() => [0, '']));
  const valid = "SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_slow_name'::regclass";
  expect(await ask(valid)).toEqual([true]);

  // Two rows alike: the build fails, and leaves what PostgreSQL calls invalid.
  write('0005_unique.sql', 'CREATE UNIQUE INDEX CONCURRENTLY one_name ON business ((name IS NULL));');
  expect((await run('migrate')).exit).toBe(6);
  write('0005_unique.sql', 'CREATE UNIQUE INDEX CONCURRENTLY one_name ON business (id, name);');
  expect((await run('migrate')).exit).toBe(0);
  expect(await ask('SELECT count(*)::int FROM pg_index WHERE NOT indisvalid')).toEqual([0]);
});

test('complaint 7: a failed migration stops no later deploy: corrected, it is simply applied', async () => {
  write('0003_wrong.sql', 'CREATE TABLE half (id integer); SELECT 1/0;');
  const failed = await run('migrate');
  expect([failed.exit, failed.stderr]).toEqual([6, expect.stringContaining('division by zero')]);
  expect(await ask("SELECT to_regclass('half')::text")).toEqual([null]);
  expect((await run('status')).stdout).toContain('2 applied, 1 pending');
  write('0003_wrong.sql', 'CREATE TABLE half (id integer PRIMARY KEY);');
  expect((await run('migrate')).exit).toBe(0);
  expect(await ask("SELECT to_regclass('half')::text")).toEqual(['half']);
});

test('complaint 8: two branches that both add a migration conflict in git, and the next snapshot settles it', async () => {
  const git = (...args: string[]) =>
    spawnSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
      cwd: workplace.folder,
      encoding: 'utf8',
    });
  writeFileSync(join(workplace.folder, '.gitignore'), 'node_modules\n');
  const add = async (branch: string, file: string, table: string) => {
    git('checkout', '-q', '-b', branch, 'trunk');
    write(file, `CREATE TABLE ${table} (id integer PRIMARY KEY);`);
    expect((await run('snapshot')).exit).toBe(0);
    git('add', '.');
    git('commit', '-qm', branch);
  };
  git('init', '-q', '-b', 'trunk');
  expect((await run('snapshot')).exit).toBe(0);
  git('add', '.');
  git('commit', '-qm', 'first');
  await add('one', '0003_one.sql', 'one');
  await add('two', '0004_two.sql', 'two');
  const merged = git('merge', '-q', 'one');
  expect(merged.status).not.toBe(0);
  expect(git('status', '--short').stdout).toContain('AA migrations/shipshape.snapshot.json'.slice(3));
  expect((await run('snapshot')).exit).toBe(0);
  const check = await run('check');
  expect([check.exit, check.stderr]).toEqual([0, expect.anything()]);
  expect((await run('migrate')).stdout).toContain('4 migrations applied');
});

test('complaint 14: without a terminal nothing asks, nothing draws, and everything ends', async () => {
  const commands = [
    ['snapshot'],
    ['check'],
    ['migrate', '--dry-run'],
    ['migrate'],
    ['status'],
    ['verify'],
    ['init'],
  ];
  for (const args of commands) {
    // Throws when it is not over in time; the input is at its end from the start.
    const output = execFileSync(process.execPath, [bin, ...args], {
      cwd: workplace.folder,
      env: { ...process.env, CI: '', ...workplace.env },
      input: '',
      timeout: 60_000,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    // Neither colours (ESC) nor lines that are written over.
    const drawn = ['\x1b', '\r'].filter((sign) => output.includes(sign));
    expect([args.join(' '), drawn]).toEqual([args.join(' '), []]);
  }
});
