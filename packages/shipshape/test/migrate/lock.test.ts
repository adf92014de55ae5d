// The lock: one runner at a time, whatever has become of the one before; and the locks of tables.
import { describe, expect, test } from 'vitest';
import { nothingPromised } from '../../src/migrate/nothing-promised.ts';
import type { RunEvent, RunOrder } from '../../src/migrate/run-order.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { column, ledgerIds, runFolder, until, useWorld } from './world.ts';

const world = useWorld();

const one = { '0001_first.sql': 'CREATE TABLE a (id int)' };

/** Makes this session the holder of the lock, with a lease that ends in so many seconds. */
async function hold(session: OwnSession, seconds: number): Promise<void> {
  await session.query(
    `UPDATE shipshape.fence SET token = token + 1;
     UPDATE shipshape.lease SET holder = 'process 1 on elsewhere', token = token + 1, taken_at = now(),
       expires_at = clock_timestamp() + interval '${seconds} seconds', pid = pg_backend_pid(),
       backend_start = (SELECT backend_start FROM pg_stat_activity WHERE pid = pg_backend_pid())`,
  );
}

/** A database whose schema shipshape is made. */
async function prepared(): Promise<{ url: string; session: OwnSession }> {
  const { url, session } = await world.database();
  await runFolder(url, world.folder({ '0000_before.sql': '' }));
  return { url, session };
}

/** Whether a migration of this database is in its `SELECT pg_sleep(60)`. */
async function sleeps(session: OwnSession): Promise<boolean> {
  const sleepers = await column(
    session,
    `SELECT pid FROM pg_stat_activity
     WHERE datname = current_database() AND query = 'SELECT pg_sleep(60)' AND state = 'active'`,
  );
  return sleepers.length === 1;
}

function only<Kind extends RunEvent['kind']>(events: readonly RunEvent[], kind: Kind) {
  return events.filter((event): event is Extract<RunEvent, { kind: Kind }> => event.kind === kind);
}

describe('another runner', () => {
  test('that is alive is left alone, and after the wait it is said who it is: exit 5', async () => {
    const { url, session } = await prepared();
    await session.query("SET application_name = 'their run'");
    await hold(session, 3600);
    await session.query("SELECT 'secret' AS statement");
    const ran = await runFolder(url, world.folder(one), { waitSeconds: 0.3 });
    expect(ran).toMatchObject({ exit: 5, applied: [], left: ['0001_first'] });
    const [finding] = ran.findings;
    expect(finding).toMatchObject({ code: 'runner-busy', do: 'npx shipshape migrate --wait 600' });
    expect(finding?.what).toMatch(
      /^process 1 on elsewhere has been applying migrations since \d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ; waited \d s$/,
    );
    expect(finding?.because).toBe(
      `its session is pid ${session.pid}, in: SELECT '…' AS statement; nothing was applied`,
    );
    expect(only(ran.events, 'waiting for runner')).toMatchObject([
      { holder: { pid: session.pid, expired: false, endable: true } },
    ]);
    expect(await column(session, "SELECT to_regclass('a')::text")).toEqual([null]);
  });

  test('that did the work meanwhile leaves nothing to do', async () => {
    const { url, session } = await prepared();
    await hold(session, 3600);
    const ran = runFolder(url, world.folder(one), {
      on: (event) => {
        if (event.kind === 'waiting for runner')
          void session.query(
            "INSERT INTO shipshape.ledger SELECT '', '0001_first', checksum, now(), now(), 'they', 'their run', 2 FROM shipshape.ledger",
          );
      },
    });
    expect(await ran).toMatchObject({ exit: 0, applied: [], left: [], findings: [] });
    expect(await column(session, "SELECT to_regclass('a')::text")).toEqual([null]);
  });

  test('whose lease is over is ended, though it holds the fence in an open transaction', async () => {
    const { url, session } = await prepared();
    const stopped = await world.connect(url);
    await hold(stopped, 0);
    await stopped.query('BEGIN; SELECT FROM shipshape.fence FOR SHARE; CREATE TABLE a (other int)');
    const ran = await runFolder(url, world.folder(one));
    expect(ran).toMatchObject({ exit: 0, findings: [] });
    expect((await stopped.lost).message).toMatch(/terminat/);
    expect(
      await column(session, "SELECT attname FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum > 0"),
    ).toEqual(['id']);
    expect(await column(session, "SELECT token::int FROM shipshape.ledger WHERE id = '0001_first'")).toEqual([
      3,
    ]);
  });

  test('that is left without its lease, but keeps the session lock, is ended', async () => {
    const { url } = await prepared();
    const stopped = await world.connect(url);
    await stopped.query(`SELECT pg_try_advisory_lock(${0x73686970}, 1)`);
    expect(await runFolder(url, world.folder(one))).toMatchObject({ exit: 0, findings: [] });
    expect((await stopped.lost).message).toMatch(/terminat/);
  });

  test.each([
    ['the fence', 'BEGIN; SELECT FROM shipshape.fence FOR SHARE'],
    ['the session lock', `SELECT pg_try_advisory_lock(${0x73686970}, 1)`],
  ])(
    'of a role that this one may not end, holding %s, is waited for, and that is said',
    async (what, sql) => {
      const { url, session } = await prepared();
      const role = `runner_${what.replaceAll(' ', '_')}`;
      await session.query(
        `CREATE ROLE ${role} LOGIN; GRANT CREATE ON SCHEMA public TO ${role}; GRANT USAGE ON SCHEMA shipshape TO ${role};
       GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA shipshape TO ${role}`,
      );
      const stopped = await world.connect(url);
      await hold(stopped, 0);
      await stopped.query(sql);
      const as = url.replace('postgres@', `${role}@`);
      const folder = world.folder(one);
      const refused = await runFolder(as, folder, { waitSeconds: 0.3 });
      expect(refused).toMatchObject({ exit: 5, applied: [], findings: [{ code: 'runner-busy' }] });
      expect(refused.findings[0]?.because).toBe(
        `its session is pid ${stopped.pid}; its lease is over, and this role may not end that session; nothing was applied`,
      );
      expect(refused.findings[0]?.do).toBe(
        `as a superuser: SELECT pg_terminate_backend(${stopped.pid});     or once: GRANT pg_signal_backend, pg_read_all_stats TO ${role};`,
      );
      const waits = await runFolder(as, folder, {
        on: (event) => {
          if (event.kind === 'waiting for runner' && !event.holder.endable) void stopped.close();
        },
      });
      expect(waits).toMatchObject({ exit: 0, findings: [] });
      expect(only(waits.events, 'waiting for runner').at(-1)?.holder).toMatchObject({
        pid: stopped.pid,
        expired: true,
        endable: false,
      });
    },
  );

  test('that is making the schema is waited for', async () => {
    const { url } = await world.database();
    const other = await world.connect(url);
    await other.query(`BEGIN; SELECT pg_advisory_xact_lock(${0x73686970}, 2)`);
    const ran = await runFolder(url, world.folder(one), { waitSeconds: 0.1 });
    expect(ran).toMatchObject({ exit: 5, findings: [{ code: 'runner-busy' }] });
    await other.query('ROLLBACK');
    expect(await runFolder(url, world.folder(one))).toMatchObject({ exit: 0 });
  });

  test('gets in only after a slow one, whose heartbeat keeps a lease shorter than its work', async () => {
    const { url, session } = await prepared();
    const slow = world.folder({ '0001_first.sql': 'CREATE TABLE a (id int); SELECT pg_sleep(3)' });
    const order = { leaseSeconds: 2 };
    const first = runFolder(url, slow, order);
    await until(
      async () => (await column(session, 'SELECT expires_at > now() FROM shipshape.lease'))[0] === true,
      'the first has the lease',
    );
    const second = runFolder(url, slow, order);
    expect((await first).applied).toHaveLength(1);
    expect(await second).toMatchObject({ exit: 0, applied: [], findings: [] });
  });
});

describe('the fence', () => {
  test('refuses the next file of a runner that was taken over between two files', async () => {
    const { url, session } = await prepared();
    const folder = world.folder({
      '0001_taken_over.sql': 'CREATE TABLE a (id int); UPDATE shipshape.fence SET token = token + 1',
      '0002_late.sql': 'CREATE TABLE late (id int)',
    });
    const ran = await runFolder(url, folder);
    expect(ran).toMatchObject({ exit: 6, failed: '0002_late', left: ['0002_late'] });
    expect(ran.findings.map(({ code, what }) => [code, what])).toEqual([
      ['lease-lost', 'this runner lost its lease: another runner has taken over'],
    ]);
    expect(await column(session, "SELECT to_regclass('late')::text")).toEqual([null]);
    expect(await ledgerIds(session)).toEqual(['0000_before', '0001_taken_over']);
  });

  test('cannot be taken from a migration that runs, even when its lease has been over for long', async () => {
    const { url, session } = await prepared();
    const seen: unknown[] = [];
    await runFolder(url, world.folder(one), {
      ask: {
        mayApply: async () => [],
        getReady: async () => undefined,
        recall: () => null,
        foresee: () => null,
        promiseKept: async () => {
          await session.query('BEGIN; SET LOCAL lock_timeout = 100');
          seen.push(
            await session
              .query('UPDATE shipshape.fence SET token = token + 1')
              .catch((error: Error) => error.message),
          );
          await session.query('ROLLBACK');
          return [];
        },
      },
    });
    expect(seen).toEqual(['canceling statement due to lock timeout']);
  });
});

describe('the heartbeat', () => {
  test('that finds the lease taken ends its own work at once: exit 6', async () => {
    const { url, session } = await prepared();
    const folder = world.folder({
      '0001_first.sql': 'CREATE TABLE a (id int)',
      '0002_slow.sql': 'CREATE TABLE b (id int); SELECT pg_sleep(60)',
    });
    const began = performance.now();
    const ran = await runFolder(url, folder, {
      leaseSeconds: 3,
      on: (event) => {
        if (event.kind === 'started' && event.migration === '0002_slow')
          void session.query('UPDATE shipshape.lease SET token = token + 1');
      },
    });
    expect(performance.now() - began).toBeLessThan(10_000);
    expect(ran).toMatchObject({ exit: 6, failed: '0002_slow', left: ['0002_slow'] });
    expect(ran.findings.map(({ code, what, because }) => [code, what, because])).toEqual([
      [
        'lease-lost',
        'this runner lost its lease: it was over, or another runner had taken it',
        'its open transaction was rolled back; applied and kept: 0001_first; not applied: 0002_slow',
      ],
    ]);
    await until(
      async () =>
        (
          await column(
            session,
            "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'shipshape:work:%'",
          )
        ).length === 0,
      'the backend is gone',
    );
    expect(await ledgerIds(session)).toEqual(['0000_before', '0001_first']);
  });

  test('that finds the lease taken while the session lock is waited for says so: exit 6', async () => {
    const { url, session } = await prepared();
    await session.query(
      `CREATE ROLE waits LOGIN; GRANT CREATE ON SCHEMA public TO waits; GRANT USAGE ON SCHEMA shipshape TO waits;
       GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA shipshape TO waits`,
    );
    const unendable = await world.connect(url);
    await unendable.query(`SELECT pg_try_advisory_lock(${0x73686970}, 1)`);
    const ran = await runFolder(url.replace('postgres@', 'waits@'), world.folder(one), {
      leaseSeconds: 3,
      on: (event) => {
        if (event.kind === 'waiting for runner')
          void session.query('UPDATE shipshape.lease SET token = token + 1');
      },
    });
    expect(ran).toMatchObject({ exit: 6, applied: [], left: ['0001_first'] });
    expect(ran.findings.map(({ what }) => what)).toEqual([
      'this runner lost its lease: it was over, or another runner had taken it',
    ]);
  });

  test('that finds the lease taken between the batches of a backfill says so: exit 6', async () => {
    const { url, session } = await prepared();
    await session.query('CREATE TABLE calls (id int PRIMARY KEY, cost int); INSERT INTO calls VALUES (1)');
    const holder = await world.connect(url);
    const ran = await runFolder(
      url,
      world.folder({
        '0001_cost.sql':
          '-- shipshape: backfill table=calls key=id batch=10\nUPDATE calls SET cost = 0 WHERE id BETWEEN $1 AND $2 AND cost IS NULL;',
      }),
      {
        leaseSeconds: 3,
        ask: {
          mayApply: async () => [],
          ...nothingPromised,
          // Behind it the backfill asks for its last key, in no transaction of its own.
          getReady: async () => void (await holder.query('BEGIN; LOCK TABLE calls')),
        },
        on: (event) => {
          if (event.kind === 'started') void session.query('UPDATE shipshape.lease SET token = token + 1');
        },
      },
    );
    expect(ran).toMatchObject({ exit: 6, failed: '0001_cost', left: ['0001_cost'] });
    expect(ran.findings.map(({ what }) => what)).toEqual([
      'this runner lost its lease: it was over, or another runner had taken it',
    ]);
  });

  test('whose connection is cut ends the work as well', async () => {
    const { url, session } = await prepared();
    const ran = await runFolder(
      url,
      world.folder({ '0001_slow.sql': 'CREATE TABLE b (id int); SELECT pg_sleep(60)' }),
      {
        leaseSeconds: 3,
        on: (event) => {
          if (event.kind === 'started')
            void session.query(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'shipshape:beat:%'",
            );
        },
      },
    );
    expect(ran).toMatchObject({ exit: 6, findings: [{ code: 'lease-lost' }] });
    expect(ran.findings[0]?.what).toMatch(/^this runner lost its lease: it could not be renewed \(.*\)$/);
    expect(await ledgerIds(session)).toEqual(['0000_before']);
  });

  test('a session that an administrator ends is no lost lease', async () => {
    const { url, session } = await prepared();
    const running = runFolder(url, world.folder({ '0001_slow.sql': 'SELECT pg_sleep(60)' }));
    await until(() => sleeps(session), 'the statement runs');
    await session.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'shipshape:work:%'",
    );
    const ran = await running;
    expect(ran).toMatchObject({ exit: 6, findings: [{ code: 'migration-failed' }] });
    expect(ran.findings[0]?.what).toMatch(/terminating connection due to administrator command/);
    expect(ran.findings[0]?.do).toMatch(/^when the server answers again, npx shipshape migrate/);
    expect(await column(session, 'SELECT expires_at::text FROM shipshape.lease')).toEqual(['-infinity']);
  });
});

describe('a table that somebody holds', () => {
  const files = {
    '0001_first.sql': 'CREATE TABLE a (id int); CREATE TABLE b (id int); CREATE TABLE log (what text)',
    '0002_pause.sql': '',
    '0003_alters.sql': "INSERT INTO log VALUES ('once'); ALTER TABLE a ADD x int; ALTER TABLE b ADD y int",
  };

  /** Before the file that alters: somebody reads `b` in a transaction that stays open. */
  function heldBy(holder: OwnSession): RunOrder['ask'] {
    return {
      mayApply: async () => [],
      getReady: async () => undefined,
      recall: () => null,
      foresee: () => null,
      promiseKept: async ({ work }, { id }) => {
        if (id !== '0002_pause') return [];
        // Answered behind the file's own statements, and so behind what was committed before it.
        await work.query('SELECT');
        await holder.query("BEGIN; SELECT FROM b WHERE 'secret' = 'x'");
        return [];
      },
    };
  }

  test('is tried again from the start, nothing held meanwhile, and the blocker is named', async () => {
    const { url, session } = await world.database();
    const holder = await world.connect(url);
    const free: Promise<unknown>[] = [];
    const ran = await runFolder(url, world.folder(files), {
      lockTimeoutMs: 500,
      ask: heldBy(holder),
      on: (event) => {
        if (event.kind !== 'trying again') return;
        free.push(session.query('BEGIN; LOCK TABLE a IN ACCESS EXCLUSIVE MODE NOWAIT; ROLLBACK'));
        if (event.attempt === 2) void holder.query('ROLLBACK');
      },
    });
    expect(ran).toMatchObject({ exit: 0, findings: [] });
    await Promise.all(free);
    expect(free.length).toBeGreaterThanOrEqual(2);
    const blocker = {
      pid: holder.pid,
      role: 'postgres',
      application: 'test',
      state: 'idle in transaction',
      locks: 'AccessShareLock on b',
      statement: "BEGIN; SELECT FROM b WHERE '…' = '…'",
    };
    const again = only(ran.events, 'trying again');
    expect(again[0]).toMatchObject({ migration: '0003_alters', line: 1, attempt: 1 });
    expect(again.flatMap(({ blockers }) => blockers)[0]).toMatchObject(blocker);
    expect(only(ran.events, 'waiting for lock')[0]).toMatchObject({ blockers: [blocker] });
    expect(await column(session, 'SELECT what FROM log')).toEqual(['once']);
    expect(ran.applied[2]?.words).toEqual([
      'inserted 1 row into log',
      'added a.x integer',
      'added b.y integer',
    ]);
  });

  test('is waited for from the first refusal on, however long the file had worked before', async () => {
    const { url, session } = await world.database();
    await session.query('CREATE TABLE a (id int)');
    const reader = await world.connect(url);
    await reader.query('BEGIN; SELECT FROM a');
    const folder = world.folder({ '0001_long.sql': 'SELECT pg_sleep(0.6); ALTER TABLE a ADD COLUMN b int' });
    const ran = await runFolder(url, folder, {
      waitSeconds: 0.5,
      on: (event) => {
        if (event.kind === 'trying again') void reader.query('COMMIT');
      },
    });
    expect(ran).toMatchObject({ exit: 0, findings: [] });
  });

  test('for longer than the wait is named, exit 5, and nothing of the file is left', async () => {
    const { url, session } = await world.database();
    const holder = await world.connect(url);
    const order = { lockTimeoutMs: 500, waitSeconds: 1.5, ask: heldBy(holder) };
    const ran = await runFolder(url, world.folder(files), order);
    expect(ran).toMatchObject({ exit: 5, failed: '0003_alters', left: ['0003_alters'] });
    const [finding] = ran.findings;
    expect(finding).toMatchObject({ code: 'lock-not-granted', origin: { line: 1 } });
    expect(finding?.what).toMatch(/^0003_alters: the lock was not granted in \d attempts? over \d s$/);
    expect(finding?.because).toMatch(
      new RegExp(
        `^it is held by pid ${holder.pid} "test" \\(postgres\\), idle in transaction for \\d\\.\\d s, AccessShareLock on b, last: BEGIN; SELECT FROM b WHERE '…' = '…'; applied and kept: 0001_first, 0002_pause; not applied: 0003_alters$`,
      ),
    );
    expect(finding?.do).toBe(
      `end it (SELECT pg_terminate_backend(${holder.pid});) or wait for it, then npx shipshape migrate`,
    );
    expect(await column(session, 'SELECT what FROM log')).toEqual([]);
    expect(await ledgerIds(session)).toEqual(['0001_first', '0002_pause']);
  });

  test('in a circle (40P01) is tried again too', async () => {
    const { url } = await world.database();
    const other = await world.connect(url);
    // So that the circle is found by the run, whose time-out for that is the usual second.
    await other.query("SET deadlock_timeout = '20s'");
    let closed = false;
    const ran = await runFolder(
      url,
      world.folder({ ...files, '0003_alters.sql': 'ALTER TABLE a ADD x int; ALTER TABLE b ADD y int' }),
      {
        lockTimeoutMs: 8000,
        ask: heldBy(other),
        on: (event) => {
          if (event.kind !== 'statement' || event.migration !== '0003_alters' || closed) return;
          closed = true;
          void other.query('LOCK TABLE a IN ACCESS SHARE MODE').then(() => other.query('ROLLBACK'));
        },
      },
    );
    expect(ran).toMatchObject({ exit: 0, findings: [] });
    expect(only(ran.events, 'trying again').length).toBeGreaterThanOrEqual(1);
    expect(ran.applied[2]?.words).toEqual(['added a.x integer', 'added b.y integer']);
  });
});

describe('Ctrl-C', () => {
  test('cancels the statement, rolls back, and says what was applied: exit 6', async () => {
    const { url, session } = await world.database();
    const controller = new AbortController();
    const folder = world.folder({
      '0001_first.sql': 'CREATE TABLE a (id int)',
      '0002_slow.sql': 'CREATE TABLE b (id int); SELECT pg_sleep(60)',
    });
    const ran = await runFolder(url, folder, {
      signal: controller.signal,
      on: (event) => {
        if (event.kind === 'statement' && event.migration === '0002_slow') controller.abort();
      },
    });
    expect(ran).toMatchObject({ exit: 6, failed: '0002_slow', left: ['0002_slow'] });
    expect(ran.findings.map(({ code, what, because }) => [code, what, because])).toEqual([
      [
        'migration-interrupted',
        'interrupted in 0002_slow, which was rolled back',
        'applied and kept: 0001_first; not applied: 0002_slow',
      ],
    ]);
    expect(await ledgerIds(session)).toEqual(['0001_first']);
    expect(await column(session, "SELECT to_regclass('b')::text")).toEqual([null]);
    expect(await column(session, 'SELECT expires_at::text FROM shipshape.lease')).toEqual(['-infinity']);
  });

  test('is heard while a statement runs that had already begun', async () => {
    const { url, session } = await world.database();
    const controller = new AbortController();
    const ran = runFolder(url, world.folder({ '0001_slow.sql': 'SELECT pg_sleep(60)' }), {
      signal: controller.signal,
    });
    await until(() => sleeps(session), 'the statement runs');
    controller.abort();
    expect(await ran).toMatchObject({ exit: 6, findings: [{ code: 'migration-interrupted' }] });
  });

  test('is heard in the pause between two attempts, and while another runner is waited for', async () => {
    const { url, session } = await prepared();
    await session.query('CREATE TABLE a (id int)');
    const holder = await world.connect(url);
    await holder.query('BEGIN; SELECT FROM a');
    const folder = world.folder({ '0001_alters.sql': 'ALTER TABLE a ADD x int' });
    const pause = new AbortController();
    const paused = await runFolder(url, folder, {
      signal: pause.signal,
      lockTimeoutMs: 50,
      on: (event) => {
        if (event.kind === 'trying again') setImmediate(() => pause.abort());
      },
    });
    expect(paused).toMatchObject({ exit: 6, findings: [{ code: 'migration-interrupted' }] });
    await hold(holder, 3600);
    await holder.query('COMMIT');
    const wait = new AbortController();
    const waiting = await runFolder(url, folder, {
      signal: wait.signal,
      on: (event) => {
        if (event.kind === 'waiting for runner') setImmediate(() => wait.abort());
      },
    });
    expect(waiting).toMatchObject({ exit: 6, failed: null });
    expect(waiting.findings.map(({ what, because }) => [what, because])).toEqual([
      ['interrupted before a migration began', 'this run applied nothing; not applied: 0001_alters'],
    ]);
  });
});
