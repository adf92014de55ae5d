// Files that are sent behind one another with their COMMITs, before any of them was answered.
import { expect, test } from 'vitest';
import type { RunOrder, ServerLook } from '../../src/migrate/run-order.ts';
import { makeFinding } from '../../src/report/index.ts';
import { type Meddling, useProxies, type Wire } from './proxy.ts';
import { column, ledgerIds, runFolder, until, useWorld } from './world.ts';

const world = useWorld();
const through = useProxies();

/** `0001_a` makes table t; each of the others puts its own number there. */
const files = (count: number): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, at) => [
      `000${at + 1}_${'abcdefghi'[at]}.sql`,
      at === 0 ? 'CREATE TABLE t (n int)' : `INSERT INTO t VALUES (${at + 1})`,
    ]),
  );
const names = (sql: Record<string, string>) => Object.keys(sql).map((name) => name.replace('.sql', ''));
const numbers = 'SELECT n FROM t ORDER BY n';
const commitsIn = (data: Buffer) => data.toString('latin1').split('COMMIT\0').length - 1;
const isWork = ({ application }: { readonly application: string }) =>
  application.startsWith('shipshape:work:');

test('travel in one piece, save the last, whose COMMIT waits', async () => {
  const { url, session } = await world.database();
  const pieces: number[] = [];
  const watched = await through(url, {
    toServer(wire, data) {
      if (isWork(wire) && data.includes('INSERT INTO t')) pieces.push(commitsIn(data));
      return true;
    },
  });
  const ran = await runFolder(watched, world.folder(files(5)));
  expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
  expect(pieces).toEqual([4]);
  expect(ran.applied.map(({ id, words }) => [id, words])).toEqual([
    ['0001_a', ['created table t with 1 column']],
    ...['0002_b', '0003_c', '0004_d', '0005_e'].map((id) => [id, ['inserted 1 row into t']]),
  ]);
  expect(ran.events.filter(({ kind }) => kind === 'applied')).toHaveLength(5);
  expect(await column(session, numbers)).toEqual([2, 3, 4, 5]);
  expect(await ledgerIds(session)).toEqual(names(files(5)));
});

test('stop at the one that fails: those before are told and kept, none behind has run', async () => {
  const { url, session } = await world.database();
  await session.query('CREATE SEQUENCE drawn');
  const sql = {
    ...files(6),
    '0003_c.sql': "INSERT INTO t VALUES (3);\n\nINSERT INTO t VALUES ('three')",
    // nextval is kept by no rollback.
    '0004_d.sql': "INSERT INTO t VALUES (nextval('drawn'))",
  };
  const ran = await runFolder(url, world.folder(sql));
  expect(ran).toMatchObject({ exit: 6, failed: '0003_c', left: ['0003_c', '0004_d', '0005_e', '0006_f'] });
  expect(ran.findings).toMatchObject([{ code: 'migration-failed', origin: { line: 3 } }]);
  expect(ran.findings[0]?.what).toBe('0003_c failed: invalid input syntax for type integer: "three" (22P02)');
  expect(await column(session, numbers)).toEqual([2]);
  expect(await column(session, 'SELECT is_called FROM drawn')).toEqual([false]);
  expect(await ledgerIds(session)).toEqual(['0001_a', '0002_b']);
  const again = await runFolder(url, world.folder({ ...sql, '0003_c.sql': 'INSERT INTO t VALUES (3)' }));
  expect(again).toMatchObject({ exit: 0, findings: [], left: [] });
  expect(await column(session, numbers)).toEqual([1, 2, 3, 5, 6]);
});

test('a constraint that speaks at the end of a file stops it like any other', async () => {
  const { url, session } = await world.database();
  const sql = {
    '0001_a.sql': `CREATE TABLE t (n int);
      CREATE TABLE u (id int PRIMARY KEY, u_id int REFERENCES u DEFERRABLE INITIALLY DEFERRED)`,
    '0002_b.sql': 'INSERT INTO u VALUES (1, 2)',
    '0003_c.sql': 'INSERT INTO t VALUES (3)',
  };
  const ran = await runFolder(url, world.folder(sql));
  expect(ran).toMatchObject({ exit: 6, failed: '0002_b', left: ['0002_b', '0003_c'] });
  expect(ran.findings[0]?.what).toMatch(/^0002_b failed: insert or update on table "u" violates foreign key/);
  expect(await column(session, numbers)).toEqual([]);
  expect(await ledgerIds(session)).toEqual(['0001_a']);
});

test('wait together for the lock that one of them needs, and go on when it comes', async () => {
  const { url, session } = await world.database();
  const holder = await world.connect(url);
  await session.query('CREATE TABLE busy (id int)');
  await holder.query("BEGIN; SELECT FROM busy WHERE 'secret' = 'x'");
  const sql = { ...files(6), '0003_c.sql': 'INSERT INTO t VALUES (3); ALTER TABLE busy ADD x int' };
  const ran = await runFolder(url, world.folder(sql), {
    on(event) {
      if (event.kind === 'trying again' && event.attempt === 2) void holder.query('COMMIT');
    },
  });
  expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
  const tries = ran.events.flatMap((event) => (event.kind === 'trying again' ? [event] : []));
  expect(tries.length).toBeGreaterThanOrEqual(2);
  expect(tries[0]).toMatchObject({ migration: '0003_c', blockers: [{ pid: holder.pid }] });
  expect(await column(session, numbers)).toEqual([2, 3, 4, 5, 6]);
  expect(ran.applied.map(({ id }) => id)).toEqual(names(sql));
});

/** Nobody hears what became of the first piece that brings this text; `arrives`: whether it comes to the server. */
function losing(text: string, arrives: boolean): Meddling {
  let cut: Wire['client'] | null = null;
  return {
    toServer({ client }, data) {
      if (cut !== null || !data.includes(text)) return true;
      cut = client;
      if (!arrives) client.destroy();
      return arrives;
    },
    toClient({ client }, data) {
      if (client !== cut) return data;
      // One at least is committed by then.
      if (data.includes('COMMIT\0')) client.destroy();
      return Buffer.alloc(0);
    },
  };
}

test('are settled one by one when nobody has heard what became of them', async () => {
  const { url, session } = await world.database();
  const lossy = await through(url, losing('INSERT INTO t', true));
  const ran = await runFolder(lossy, world.folder(files(4)));
  expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
  // How far the server came before it noticed that its client was gone, the ledger says.
  const settled = ran.events.flatMap((event) => (event.kind === 'commit settled' ? [event] : []));
  const came = settled.filter(({ applied }) => applied).map(({ migration }) => migration);
  expect(came).toEqual(['0001_a', '0002_b', '0003_c'].slice(0, came.length));
  expect(came.length).toBeGreaterThan(0);
  expect(ran.applied.map(({ id }) => id)).toEqual(names(files(4)));
  expect(await column(session, numbers)).toEqual([2, 3, 4]);
  expect(await ledgerIds(session)).toEqual(names(files(4)));
});

test('of which none arrived are told as not applied', async () => {
  const { url, session } = await world.database();
  const lossy = await through(url, losing('INSERT INTO t', false));
  const ran = await runFolder(lossy, world.folder(files(4)));
  expect(ran).toMatchObject({ exit: 6, failed: '0001_a', left: names(files(4)) });
  expect(ran.findings[0]?.what).toMatch(/^0001_a failed: the connection to .* was lost/);
  expect(await ledgerIds(session)).toEqual([]);
});

test('of which nothing can be found out are all said to be unknown', async () => {
  const { url } = await world.database();
  let open = true;
  const meddling = losing('INSERT INTO t', true);
  const lossy = await through(url, {
    ...meddling,
    accept: () => open,
    toServer(wire, data) {
      if (data.includes('INSERT INTO t')) open = false;
      return meddling.toServer?.(wire, data) ?? true;
    },
  });
  const ran = await runFolder(lossy, world.folder(files(4)), { waitSeconds: 0.3 });
  expect(ran).toMatchObject({ exit: 6, failed: '0001_a', findings: [{ code: 'commit-unsettled' }] });
  expect(ran.findings[0]?.what).toMatch(/^whether 0001_a, 0002_b, 0003_c were committed is not known: /);
  expect(ran.findings[0]?.because).toMatch(/; this run applied nothing; not applied: 0004_d$/);
});

test('an interrupted run says of each of them what the database says', async () => {
  const { url, session } = await world.database();
  const controller = new AbortController();
  const sql = {
    ...files(6),
    '0004_d.sql': 'INSERT INTO t VALUES (4); INSERT INTO t SELECT 4 FROM pg_sleep(60)',
  };
  const running = runFolder(url, world.folder(sql), { signal: controller.signal });
  const asleep =
    "SELECT 1 FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND wait_event = 'PgSleep'";
  await until(async () => (await column(session, asleep)).length > 0, 'the fourth file runs');
  controller.abort();
  const ran = await running;
  expect(ran).toMatchObject({ exit: 6, failed: '0004_d', left: ['0004_d', '0005_e', '0006_f'] });
  expect(ran.findings.map(({ code }) => code)).toEqual(['migration-interrupted']);
  expect(ran.applied.map(({ id }) => id)).toEqual(await ledgerIds(session));
  expect(await column(session, numbers)).toEqual([2, 3]);
});

test('nothing is sent any more once the run is interrupted', async () => {
  const { url, session } = await world.database();
  const controller = new AbortController();
  const sql = files(9);
  for (let at = 10; at < 30; at++) sql[`00${at}_more.sql`] = `INSERT INTO t VALUES (${at})`;
  const ran = await runFolder(url, world.folder(sql), {
    signal: controller.signal,
    on(event) {
      if (event.kind === 'applied') controller.abort();
    },
  });
  expect(ran).toMatchObject({ exit: 6, findings: [{ code: 'migration-interrupted' }] });
  const applied = ran.applied.map(({ id }) => id);
  expect(applied).toEqual(await ledgerIds(session));
  // What was on its way may come through; it was eight at most.
  expect(applied.length).toBeLessThanOrEqual(9);
  expect([...applied, ...ran.left]).toEqual(names(sql));
});

test('a function that clears away what is prepared costs the file a second run, and nobody else anything', async () => {
  const { url, session } = await world.database();
  await session.query(`CREATE FUNCTION cleared() RETURNS int LANGUAGE plpgsql AS $$ BEGIN
    EXECUTE 'DEALLOCATE ALL'; EXECUTE 'PREPARE left_over AS SELECT 1'; RETURN 2; END $$`);
  const sql = { ...files(5), '0002_b.sql': 'INSERT INTO t VALUES (cleared())' };
  const ran = await runFolder(url, world.folder(sql));
  expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
  expect(await column(session, numbers)).toEqual([2, 3, 4, 5]);
  expect(await ledgerIds(session)).toEqual(names(sql));
});

/** A look that the server refuses where t has this many rows. */
const refusingAt = (rows: number): ServerLook => ({
  statements: [
    'SAVEPOINT looked',
    `SELECT CASE count(*) WHEN ${rows} THEN 'refused' ELSE '1' END::int FROM t`,
    'RELEASE SAVEPOINT looked',
  ],
  judging: 1,
  abandon: 'ROLLBACK TO SAVEPOINT looked; RELEASE SAVEPOINT looked',
});

function asking(rows: number, kept: RunOrder['ask']['promiseKept']): Partial<RunOrder> {
  return {
    ask: {
      mayApply: async () => [],
      getReady: async () => undefined,
      recall: () => null,
      promiseKept: kept,
      foresee: () => ({ look: () => refusingAt(rows), findings: [] }),
    },
  };
}

test('one whose look the server refuses is looked at by who can tell, in its own transaction, and goes on', async () => {
  const { url, session } = await world.database();
  const asked: unknown[] = [];
  const ran = await runFolder(
    url,
    world.folder(files(6)),
    asking(2, async ({ work }, { id }) => {
      asked.push([id, ...(await column(work, numbers)), ...(await column(session, numbers))]);
      return [];
    }),
  );
  expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
  // The last one is never sent whole.
  expect(asked).toEqual([
    ['0003_c', 2, 3, 2],
    ['0006_f', 2, 3, 4, 5, 6, 2, 3, 4, 5],
  ]);
  expect(await ledgerIds(session)).toEqual(names(files(6)));
});

test('one that is found wanting then is rolled back, and none behind it has run', async () => {
  const { url, session } = await world.database();
  const broken = makeFinding('migration-promise-broken', {
    migration: '0003_c',
    subject: 'column t.n',
    aspect: null,
    expected: null,
    found: null,
    sql: [],
    inSteps: false,
  });
  const ran = await runFolder(
    url,
    world.folder(files(6)),
    asking(2, async () => [broken]),
  );
  expect(ran).toMatchObject({ exit: 6, failed: '0003_c', findings: [broken] });
  expect(await column(session, numbers)).toEqual([2]);
  expect(await ledgerIds(session)).toEqual(['0001_a', '0002_b']);
});
