// down: the newest migration taken back by its own file, and everything that it refuses to take back.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { makeFolder } from './shipshape-process.ts';
import { useWorkplace } from './use-workplace.ts';

const workplace = useWorkplace(makeFolder);
const { ask } = workplace;
beforeEach(async () => {
  write('0001_a.sql', 'CREATE TABLE a (id integer PRIMARY KEY);');
  write('0002_b.sql', 'CREATE TABLE b (id integer PRIMARY KEY);');
  write('0002_b.down.sql', 'DROP TABLE b;');
  write('0003_index.sql', 'CREATE INDEX CONCURRENTLY by_id ON b (id);');
  write('0003_index.down.sql', 'DROP INDEX CONCURRENTLY by_id;');
  expect((await run('migrate')).exit).toBe(0);
});

const write = (name: string, text: string) => writeFileSync(join(workplace.folder, name), text);
const run = (...args: string[]) => workplace.run(...args, '--migrations', workplace.folder);
const ledger = () => ask('SELECT id FROM shipshape.ledger ORDER BY id');
const steps = () => ask('SELECT migration FROM shipshape.step');

test('the newest one alone is undone, a step outside of a transaction too, and can be applied again', async () => {
  const dry = await run('down', '--dry-run');
  expect([dry.exit, dry.stdout]).toEqual([
    0,
    expect.stringContaining(
      '0003_index.down would, in 1 step that is kept by itself\n  drop index by_id     (',
    ),
  ]);
  expect(await ledger()).toEqual(['0001_a', '0002_b', '0003_index']);

  const { exit, stdout } = await run('down');
  expect([exit, stdout]).toEqual([
    0,
    expect.stringMatching(/dropped index by_id\n0003_index undone\n✓ 1 migration undone/),
  ]);
  expect([await ledger(), await steps()]).toEqual([['0001_a', '0002_b'], []]);
  expect(await ask("SELECT to_regclass('by_id')::text")).toEqual([null]);

  expect((await run('migrate')).stdout).toContain('0003_index applied');
  expect((await run('down')).exit).toBe(0);
  expect(await ledger()).toEqual(['0001_a', '0002_b']);
});

test('--to undoes all that come after it, newest first', async () => {
  const { exit, stdout } = await run('down', '--to', '1');
  expect([exit, stdout]).toEqual([
    0,
    expect.stringMatching(/0003_index undone\n(.*\n)*0002_b undone\n✓ 2 migrations undone/),
  ]);
  expect(await ledger()).toEqual(['0001_a']);
  const again = await run('down', '--to', '1');
  expect([again.exit, again.stdout]).toEqual([0, expect.stringContaining('nothing to undo')]);
});

test('one that has no way back is refused before anything is undone', async () => {
  write('0004_c.sql', 'CREATE TABLE c (id integer PRIMARY KEY);');
  await run('migrate');
  const { exit, stderr } = await run('down', '--to', '1');
  expect([exit, stderr]).toEqual([3, expect.stringContaining('0004_c has no way back')]);
  expect(await ledger()).toEqual(['0001_a', '0002_b', '0003_index', '0004_c']);
});

test('a way back that fails leaves everything as it was: exit 6', async () => {
  write('0003_index.down.sql', 'DROP INDEX by_id; DROP TABLE nowhere;');
  const { exit, stderr } = await run('down');
  expect([exit, stderr]).toEqual([6, expect.stringContaining('table "nowhere" does not exist (42P01)')]);
  expect(await ledger()).toEqual(['0001_a', '0002_b', '0003_index']);
  expect(await ask("SELECT to_regclass('by_id')::text")).toEqual(['by_id']);
});

test('one that was edited since, and one that a newer release stands upon, are refused', async () => {
  write('0003_index.sql', 'CREATE INDEX CONCURRENTLY by_id ON b (id) WHERE id > 0;');
  const edited = await run('down');
  expect([edited.exit, edited.stderr]).toEqual([3, expect.stringContaining('0003_index was edited')]);
  await ask(`INSERT INTO shipshape.ledger SELECT scope, '0009_newer', checksum, started_at, finished_at, runner, run_id, token
    FROM shipshape.ledger WHERE id = '0001_a' RETURNING id`);
  const below = await run('down');
  expect([below.exit, below.stderr]).toEqual([
    3,
    expect.stringContaining('0003_index is not the newest here: 0009_newer is applied after it'),
  ]);
  expect(await ask("SELECT to_regclass('by_id')::text")).toEqual(['by_id']);
});

test('a way back says what it does not understand', async () => {
  write('0003_index.down.sql', '-- shipshape: no-transction\nDROP INDEX by_id;');
  const { exit, stderr } = await run('down');
  expect([exit, stderr]).toEqual([2, expect.stringContaining('there is no directive "no-transction"')]);
});
