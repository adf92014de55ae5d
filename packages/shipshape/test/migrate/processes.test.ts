// Real processes: many at once, one that is killed, one that is stopped and wakes up too late, one that is interrupted.
import { expect, test } from 'vitest';
import type { OwnSession } from '../../src/postgres/session.ts';
import { endRunnersAfterEach } from './end-runners.ts';
import { resultOf, startRunner } from './start-runner.ts';
import { column, ledgerIds, runFolder, until, useWorld } from './world.ts';

const world = useWorld();
endRunnersAfterEach();

async function workers(session: OwnSession): Promise<readonly unknown[]> {
  return column(session, "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'shipshape:work:%'");
}

test('complaint 4: of twenty runners at once each migration takes effect exactly once, and all end well', async () => {
  const { url, session } = await world.database();
  await session.query('CREATE TABLE effect (of text)');
  const ids = ['0001_a', '0002_b', '0003_c', '0004_d'];
  const folder = world.folder(
    Object.fromEntries(
      ids.map((id) => [`${id}.sql`, `INSERT INTO effect VALUES ('${id}'); CREATE TABLE t${id} (id int)`]),
    ),
  );
  const runners = Array.from({ length: 20 }, () => startRunner(url, folder));
  expect(await Promise.all(runners.map((each) => each.ended))).toEqual(runners.map(() => 0));
  expect(await column(session, 'SELECT "of" FROM effect ORDER BY 1')).toEqual(ids);
  expect(await ledgerIds(session)).toEqual(ids);
  const applied = runners.flatMap((each) => resultOf(each)?.applied.map(({ id }) => id) ?? []);
  expect(applied.sort()).toEqual(ids);
  expect(await workers(session)).toEqual([]);
}, 60_000);

const held = {
  '0051_held.sql':
    "INSERT INTO effect VALUES ('0051'); ALTER TABLE held ADD COLUMN recording_mode varchar(32)",
  '0052_next.sql': "INSERT INTO effect VALUES ('0052')",
};

test('complaint 15: what a killed runner left half done, the next one finishes within the lease', async () => {
  const { url, session } = await world.database();
  await session.query('CREATE TABLE effect (of text); CREATE TABLE held (id int)');
  const folder = world.folder(held);
  const holder = await world.connect(url);
  await holder.query('BEGIN; SELECT FROM held');
  const killed = startRunner(url, folder, { leaseSeconds: 3, lockTimeoutMs: 60_000 });
  await until(
    async () => (await column(session, 'SELECT pid FROM pg_locks WHERE NOT granted')).length === 1,
    'the runner waits in the middle of 0051',
  );
  killed.child.kill('SIGKILL');
  expect(await killed.ended).toBeNull();
  await holder.query('COMMIT');
  const began = performance.now();
  const next = await runFolder(url, folder, { leaseSeconds: 3 });
  expect(next).toMatchObject({ exit: 0, findings: [] });
  // Its lease, and what the work itself takes on a busy machine.
  expect(performance.now() - began).toBeLessThan(3000 + 5000);
  expect(await column(session, 'SELECT "of" FROM effect ORDER BY 1')).toEqual(['0051', '0052']);
  expect(await ledgerIds(session)).toEqual(['0051_held', '0052_next']);
});

const slow = { '0051_slow.sql': "INSERT INTO effect VALUES ('0051'); CREATE TABLE made (id int)" };

test('a runner that was stopped beyond its lease, and taken over, cannot commit when it wakes up', async () => {
  const { url, session } = await world.database();
  await session.query('CREATE TABLE effect (of text)');
  const folder = world.folder(slow);
  const stopped = startRunner(url, folder, { leaseSeconds: 2, stopAfterStatement: true });
  await until(
    () => stopped.lines.some((line) => line.kind === 'statement'),
    'it has stopped in its transaction',
  );
  const next = await runFolder(url, folder, { leaseSeconds: 2 });
  expect(next).toMatchObject({ exit: 0, findings: [] });
  stopped.child.kill('SIGCONT');
  expect(await stopped.ended).toBe(6);
  expect(resultOf(stopped)).toMatchObject({
    applied: [],
    left: ['0051_slow'],
    findings: [{ code: 'lease-lost' }],
  });
  expect(await column(session, 'SELECT "of" FROM effect')).toEqual(['0051']);
  expect(await column(session, 'SELECT token::int FROM shipshape.ledger')).toEqual([2]);
});

test('one that nobody took over cannot commit either, and the next one need not wait', async () => {
  const { url, session } = await world.database();
  await session.query('CREATE TABLE effect (of text)');
  const folder = world.folder(slow);
  const stopped = startRunner(url, folder, { leaseSeconds: 2, stopAfterStatement: true });
  await until(
    () => stopped.lines.some((line) => line.kind === 'statement'),
    'it has stopped in its transaction',
  );
  await until(async () => (await workers(session)).length === 0, 'the server has ended the idle transaction');
  expect(await ledgerIds(session)).toEqual([]);
  stopped.child.kill('SIGCONT');
  expect(await stopped.ended).toBe(6);
  expect(await column(session, 'SELECT "of" FROM effect')).toEqual([]);
  expect(await runFolder(url, folder, { waitSeconds: 0.5 })).toMatchObject({ exit: 0, findings: [] });
});

test('Ctrl-C rolls the running transaction back and says what was applied', async () => {
  const { url, session } = await world.database();
  await session.query('CREATE TABLE effect (of text)');
  const folder = world.folder({
    '0001_done.sql': "INSERT INTO effect VALUES ('0001')",
    '0002_long.sql': "INSERT INTO effect VALUES ('0002'); SELECT pg_sleep(60)",
  });
  const runner = startRunner(url, folder);
  await until(
    async () =>
      (await column(session, "SELECT pid FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'"))
        .length === 1,
    'it is in the long statement',
  );
  runner.child.kill('SIGINT');
  expect(await runner.ended).toBe(6);
  expect(resultOf(runner)).toMatchObject({
    applied: [{ id: '0001_done' }],
    failed: '0002_long',
    left: ['0002_long'],
    findings: [{ code: 'migration-interrupted' }],
  });
  expect(await column(session, 'SELECT "of" FROM effect')).toEqual(['0001']);
  expect(await ledgerIds(session)).toEqual(['0001_done']);
});
