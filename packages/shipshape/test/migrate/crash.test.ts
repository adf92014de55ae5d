// A server that crashes while files travel behind one another: their commits do not wait for its disk.
import { expect, test } from 'vitest';
import { quoteIdentifier } from '../../src/catalog/index.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { column, ledgerIds, type Ran, runFolder, until, useWorld } from './world.ts';

const world = useWorld();
const short = ['0001_a', '0002_b', '0003_c', '0004_d'];
const sql: Readonly<Record<string, string>> = {
  '0001_a.sql': 'CREATE TABLE t (n int)',
  '0002_b.sql': 'INSERT INTO t VALUES (2)',
  '0003_c.sql': 'INSERT INTO t VALUES (3)',
  '0004_d.sql': 'INSERT INTO t VALUES (4)',
};
const numbers = 'SELECT n FROM t ORDER BY n';

/** As a server is installed, save that nothing that was committed reaches the disk of itself. */
async function keepFromDisk(session: OwnSession): Promise<void> {
  const [database] = (await column(session, 'SELECT current_database()')) as string[];
  await session.query(`ALTER DATABASE ${quoteIdentifier(database ?? '')} SET synchronous_commit = on`);
  await session.query("ALTER SYSTEM SET wal_writer_delay = '10s'");
  await session.query("ALTER SYSTEM SET bgwriter_delay = '10s'");
  await session.query('SELECT pg_reload_conf()');
}

/** A backend that dies by SIGKILL makes the server end all others, `witness` too, and recover from its log (manual 18.3). */
async function crash(url: string, pid: number, witness: OwnSession): Promise<OwnSession> {
  process.kill(pid, 'SIGKILL');
  await witness.lost;
  let again: OwnSession | null = null;
  await until(async () => {
    again = await world.connect(url).catch(() => null);
    return again !== null;
  }, 'the server did not come back');
  return again as unknown as OwnSession;
}

/** Crashes the server when four files are told as applied, and the fifth is asleep. */
async function crashInFifth(
  { url, session }: { readonly url: string; readonly session: OwnSession },
  folder: string,
): Promise<{ readonly ran: Ran; readonly again: OwnSession }> {
  const told: string[] = [];
  const running = runFolder(url, folder, {
    leaseSeconds: 2,
    on: (event) => {
      if (event.kind === 'applied') told.push(event.applied.id);
    },
  });
  const asleep =
    "SELECT pid FROM pg_stat_activity WHERE wait_event = 'PgSleep' AND datname = current_database()";
  await until(async () => (await column(session, asleep)).length === 1, 'the fifth file did not begin');
  await until(() => told.length === short.length, 'the first four were not told');
  const [pid] = (await column(session, asleep)) as number[];
  const again = await crash(url, pid ?? 0, session);
  return { ran: await running, again };
}

test('what it has forgotten is told as pending, and is applied by the next run', async () => {
  const { url, session } = await world.database();
  await keepFromDisk(session);
  const folder = world.folder({
    ...sql,
    '0005_e.sql': 'INSERT INTO t SELECT 5 FROM pg_sleep(60)',
    '0006_f.sql': 'INSERT INTO t VALUES (6)',
  });
  const { ran, again } = await crashInFifth({ url, session }, folder);
  const kept = await ledgerIds(again);
  const forgotten = short.filter((id) => !kept.includes(id));
  expect(forgotten.length).toBeGreaterThan(0);
  expect(ran.applied.map(({ id }) => id)).toEqual(kept);
  expect(ran).toMatchObject({ exit: 6, failed: '0005_e', left: [...forgotten, '0005_e', '0006_f'] });
  expect(ran.findings.map(({ code }) => code)).toEqual(['lease-lost', 'commits-forgotten']);
  expect(ran.findings[1]?.what).toMatch(
    new RegExp(`^the server had committed ${forgotten.join(', ')}, crashed, and has forgotten (it|them)$`),
  );
  const rest = world.folder({
    ...sql,
    '0005_e.sql': 'INSERT INTO t VALUES (5)',
    '0006_f.sql': 'INSERT INTO t VALUES (6)',
  });
  expect(await runFolder(url, rest)).toMatchObject({ exit: 0, left: [] });
  expect(await column(again, numbers)).toEqual([2, 3, 4, 5, 6]);
});

test('what a run has told when it ends is on the disk, although a file of it failed', async () => {
  const { url, session } = await world.database();
  await keepFromDisk(session);
  const folder = world.folder({ ...sql, '0005_e.sql': 'INSERT INTO t VALUES (1/0)', '0006_f.sql': 'SELECT' });
  const ran = await runFolder(url, folder);
  expect(ran).toMatchObject({ exit: 6, failed: '0005_e' });
  expect(ran.applied.map(({ id }) => id)).toEqual(short);
  const again = await crash(url, session.pid, session);
  expect(await ledgerIds(again)).toEqual(short);
  expect(await column(again, numbers)).toEqual([2, 3, 4]);
});

test('what a run has told when all is well is on the disk', async () => {
  const { url, session } = await world.database();
  await keepFromDisk(session);
  expect(await runFolder(url, world.folder(sql))).toMatchObject({ exit: 0, left: [] });
  const again = await crash(url, session.pid, session);
  expect(await ledgerIds(again)).toEqual(short);
  expect(await column(again, numbers)).toEqual([2, 3, 4]);
});

test('what comes before a file that has to be answered first is on the disk, since that one may last', async () => {
  const { url, session } = await world.database();
  await keepFromDisk(session);
  const folder = world.folder({ ...sql, '0005_e.sql': 'SELECT pg_sleep(60)', '0006_f.sql': 'SELECT' });
  const { ran, again } = await crashInFifth({ url, session }, folder);
  expect(ran.applied.map(({ id }) => id)).toEqual(short);
  expect(ran).toMatchObject({ exit: 6, failed: '0005_e', left: ['0005_e', '0006_f'] });
  expect(await ledgerIds(again)).toEqual(short);
});
