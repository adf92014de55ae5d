// Through a real pgbouncer: what may be applied there is, exactly once; what may not is refused by name.
import type { Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { keepStatements } from '../../src/migrate/keep-statements.ts';
import type { Migration } from '../../src/migrate/migration.ts';
import { nothingPromised } from '../../src/migrate/nothing-promised.ts';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { endRunnersAfterEach } from './end-runners.ts';
import { hasPgbouncer, type Pgbouncer, type PoolMode, startPgbouncer } from './pgbouncer.ts';
import { startProxy } from './proxy.ts';
import { resultOf, startRunner } from './start-runner.ts';
import { column, ledgerIds, runFolder, until, useWorld } from './world.ts';

const world = useWorld();
endRunnersAfterEach();
const poolers: Pgbouncer[] = [];
afterEach(async () => {
  await Promise.all(poolers.splice(0).map((each) => each.stop()));
});

async function behind(mode: PoolMode, poolSize?: number) {
  const { url, session } = await world.database();
  const pooler = await startPgbouncer(url, mode, poolSize);
  poolers.push(pooler);
  return { direct: url, pooled: pooler.url, session };
}

test('pgbouncer is there to be tested with', () => {
  // Visible where it is not; in CI it has to be.
  expect(hasPgbouncer || process.env.CI === undefined).toBe(true);
});

describe.skipIf(!hasPgbouncer)('behind pgbouncer', { timeout: 60_000 }, () => {
  const files = {
    '0001_a.sql': 'CREATE TABLE a (id int); SET LOCAL work_mem = 1024',
    '0002_b.sql': 'CREATE TEMP TABLE t ON COMMIT DROP AS SELECT 1 AS x; CREATE TABLE b AS TABLE t',
  };

  test.for(['transaction', 'session'] as const)(
    'complaint 5: in %s mode files are applied, once',
    async (mode) => {
      const { pooled, direct, session } = await behind(mode);
      const folder = world.folder(files);
      expect(await runFolder(pooled, folder)).toMatchObject({ exit: 0, findings: [] });
      expect(await ledgerIds(session)).toEqual(['0001_a', '0002_b']);
      expect(await runFolder(pooled, folder)).toMatchObject({ exit: 0, applied: [] });
      expect(await runFolder(direct, folder)).toMatchObject({ exit: 0, applied: [] });
    },
  );

  test('steps that are transactions, and backfills, are applied', async () => {
    const { pooled, session } = await behind('transaction');
    await session.query(
      'CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t SELECT generate_series(1, 950)',
    );
    const folder = world.folder({
      '0001_steps.sql': '-- shipshape: no-transaction\nALTER TABLE t ADD COLUMN m int; CREATE INDEX ON t (m)',
      '0002_fill.sql':
        '-- shipshape: backfill table=t key=id batch=100\nUPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL',
    });
    expect(await runFolder(pooled, folder)).toMatchObject({ exit: 0, findings: [] });
    expect(await column(session, 'SELECT count(DISTINCT xmin::text)::int FROM t WHERE n = 0')).toEqual([10]);
    expect(await ledgerIds(session)).toEqual(['0001_steps', '0002_fill']);
  });

  test('of eight runners, direct and pooled, each migration takes effect exactly once', async () => {
    const { pooled, direct, session } = await behind('transaction');
    await session.query('CREATE TABLE effect (of text)');
    const ids = ['0001_a', '0002_b', '0003_c'];
    const folder = world.folder(
      Object.fromEntries(ids.map((id) => [`${id}.sql`, `INSERT INTO effect VALUES ('${id}')`])),
    );
    const runners = [direct, pooled].flatMap((url) =>
      Array.from({ length: 4 }, () => startRunner(url, folder)),
    );
    expect(await Promise.all(runners.map((each) => each.ended))).toEqual(runners.map(() => 0));
    expect(await column(session, 'SELECT "of" FROM effect ORDER BY 1')).toEqual(ids);
    expect(runners.flatMap((each) => resultOf(each)?.applied.map(({ id }) => id) ?? []).sort()).toEqual(ids);
  });

  test.for([
    ["SET lock_timeout = '1s'", 'SET lock_timeout'],
    ['RESET ALL', 'RESET ALL'],
    ['PREPARE p AS SELECT 1', 'PREPARE'],
    ['LISTEN here', 'LISTEN'],
    ['DECLARE c CURSOR WITH HOLD FOR SELECT 1', 'DECLARE … WITH HOLD'],
    ['CREATE TEMP TABLE t (x int)', 'a temporary table or view that stays'],
    ['SELECT 1 AS x INTO TEMP t', 'a temporary table or view that stays'],
  ])('%s is refused by name, and nothing is applied', async ([statement = '', name = '']) => {
    const { pooled, session } = await behind('transaction');
    await session.query('CREATE TABLE a (id int)');
    const folder = world.folder({ '0001_first.sql': 'CREATE TABLE b ()', '0002_it.sql': `\n${statement}` });
    const { migrations } = await readFolder(folder);
    const kept = await Promise.all(migrations.map(keepStatements));
    const none = { mayApply: async () => [], ...nothingPromised };
    // What a snapshot has kept of a file does not say it.
    const recall = ({ id }: Migration) => kept[migrations.findIndex((each) => each.id === id)] ?? null;
    for (const ask of [none, { ...none, recall }]) {
      const ran = await runFolder(pooled, folder, { ask });
      expect(ran).toMatchObject({ exit: 3, applied: [], left: ['0001_first', '0002_it'] });
      expect(ran.findings[0]).toMatchObject({ code: 'pooler-in-front', origin: { line: 2 } });
      expect(ran.findings[0]?.what).toContain(`0002_it holds ${name}, and `);
    }
    expect(await column(session, "SELECT to_regclass('b')::text")).toEqual([null]);
  });

  test('CREATE INDEX CONCURRENTLY is refused for the pooler’s sake', async () => {
    const { pooled, session } = await behind('transaction');
    await session.query('CREATE TABLE a (id int)');
    const folder = world.folder({ '0001_it.sql': 'CREATE INDEX CONCURRENTLY x ON a (id)' });
    const { findings } = await runFolder(pooled, folder);
    expect(findings[0]).toMatchObject({ code: 'pooler-in-front', origin: { line: 1 } });
  });

  test('in statement mode, and where there is one connection, nothing can be applied', async () => {
    const statement = await behind('statement');
    expect(await runFolder(statement.pooled, world.folder(files))).toMatchObject({
      exit: 3,
      findings: [{ code: 'pooler-unfit', what: expect.stringContaining('statement mode') }],
    });
    const narrow = await behind('transaction', 1);
    expect(await runFolder(narrow.pooled, world.folder(files))).toMatchObject({
      exit: 3,
      findings: [{ code: 'pooler-unfit', what: expect.stringContaining('no second connection') }],
    });
    expect(await column(narrow.session, "SELECT to_regnamespace('shipshape')::text")).toEqual([null]);
  });

  test('a pooler whose server is gone is no unfit one: the connection is lost, and it may be tried again', async () => {
    const { pooled } = await behind('transaction');
    const lost = { exit: 4, findings: [{ code: 'connection-lost' }] };
    // As pgbouncer says it of a server that crashed, by the SQLSTATE by which it refuses BEGIN in statement mode.
    const fields = Buffer.from('SFATAL\0C08P01\0Mserver conn crashed?\0\0', 'latin1');
    const size = Buffer.alloc(4);
    size.writeInt32BE(fields.length + 4);
    const crashed = await startProxy(pooled, {
      toServer({ client }, data) {
        if (!data.toString('latin1').includes('BEGIN\0')) return true;
        client.end(Buffer.concat([Buffer.from('E'), size, fields]));
        return false;
      },
    });
    expect(await runFolder(crashed.url, world.folder(files))).toMatchObject(lost);
    await crashed.close();
    // The second connection gets no answer, and the first is gone by the time that is noticed.
    let first: Socket | undefined;
    const silent = await startProxy(pooled, {
      toServer({ application, client }, data) {
        const text = data.toString('latin1');
        if (text.includes('BEGIN\0')) first = client;
        if (!application.startsWith('shipshape:beat:') || !text.includes('SELECT\0')) return true;
        first?.destroy();
        return false;
      },
    });
    expect(await runFolder(silent.url, world.folder(files))).toMatchObject(lost);
    expect(first).toBeDefined();
    await silent.close();
  });

  test('a killed runner is followed by the next, a stopped one is ended; nobody else on the pooler is', async () => {
    const { pooled, session } = await behind('transaction', 6);
    await session.query('CREATE TABLE effect (of text); CREATE TABLE held (id int)');
    const folder = world.folder({
      '0001_held.sql': "INSERT INTO effect VALUES ('0001'); ALTER TABLE held ADD COLUMN x int",
      '0002_next.sql': "INSERT INTO effect VALUES ('0002')",
    });
    const bystander = await world.connect(pooled);
    let answered = 0;
    let going = true;
    const traffic = (async () => {
      while (going) {
        await bystander.query('BEGIN; SELECT 1');
        await bystander.query('COMMIT');
        answered++;
      }
    })();

    // Killed while it waits for a lock, in the middle of its transaction.
    await session.query('BEGIN; LOCK TABLE held');
    const killed = startRunner(pooled, folder, { leaseSeconds: 1, lockTimeoutMs: 20_000 });
    await until(() => killed.lines.some(({ kind }) => kind === 'statement'), 'it is in its transaction');
    killed.child.kill('SIGKILL');
    await killed.ended;
    // Stopped in the middle of its transaction, beyond its lease.
    await session.query('COMMIT');
    const stopped = startRunner(pooled, folder, { leaseSeconds: 1, stopAfterStatement: true });
    await until(() => stopped.lines.some(({ kind }) => kind === 'statement'), 'it has stopped itself');
    const next = startRunner(pooled, folder, { leaseSeconds: 5 });
    expect(await next.ended).toBe(0);
    stopped.child.kill('SIGCONT');
    expect(await stopped.ended).toBe(6);
    expect(resultOf(stopped)?.applied).toEqual([]);

    going = false;
    await traffic;
    expect(answered).toBeGreaterThan(0);
    expect(await column(session, 'SELECT "of" FROM effect ORDER BY 1')).toEqual(['0001', '0002']);
    expect(await ledgerIds(session)).toEqual(['0001_held', '0002_next']);
  });

  test('what a stopped runner left running is ended, and not waited for', async () => {
    const { pooled, session } = await behind('transaction');
    await session.query('CREATE TABLE held (id int)');
    const folder = world.folder({ '0001_held.sql': 'ALTER TABLE held ADD COLUMN x int' });
    await session.query('BEGIN; LOCK TABLE held');
    const stopped = startRunner(pooled, folder, { leaseSeconds: 1, lockTimeoutMs: 60_000 });
    const waiting = async () => {
      const text = "SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'held'::regclass";
      return column(session, text);
    };
    await until(async () => (await waiting()).length === 1, 'it waits for the lock');
    const left = await waiting();
    stopped.child.kill('SIGSTOP');
    const next = startRunner(pooled, folder, { leaseSeconds: 5, lockTimeoutMs: 60_000 });
    await until(async () => {
      const now = await waiting();
      return now.length === 1 && now[0] !== left[0];
    }, 'the next one waits in its place');
    await session.query('COMMIT');
    expect(await next.ended).toBe(0);
    stopped.child.kill('SIGCONT');
    expect(await stopped.ended).toBe(6);
  });

  test('what a file sets for its transaction is not the next client’s', async () => {
    const { pooled } = await behind('transaction', 2);
    const folder = world.folder({
      '0001_a.sql': "SET LOCAL search_path = 'pg_catalog'; SET LOCAL TimeZone = 'Asia/Tokyo'",
    });
    const settings = `SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings
      WHERE name IN ('lock_timeout', 'statement_timeout', 'search_path', 'TimeZone', 'idle_in_transaction_session_timeout')`;
    const client = await world.connect(pooled);
    const before = await column(client, settings);
    expect(await runFolder(pooled, folder)).toMatchObject({ exit: 0 });
    // Both backends that the pool has, at the same time.
    const other = await world.connect(pooled);
    await client.query('BEGIN');
    await other.query('BEGIN');
    expect([await column(client, settings), await column(other, settings)]).toEqual([before, before]);
    await client.query('COMMIT');
    await other.query('COMMIT');
  });
});
