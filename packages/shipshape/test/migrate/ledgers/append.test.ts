// Another tool's folder applied by ours, and the tool itself afterwards: it finds its table as it would have written it.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type MigrateOptions, migrateDatabase } from '../../../src/deploy/migrate.ts';
import { readForeignLedger } from '../../../src/migrate/ledgers/read-foreign-ledger.ts';
import { readFolder } from '../../../src/migrate/read-folder.ts';
import type { RunEvent, RunResult } from '../../../src/migrate/run-order.ts';
import { parseTarget } from '../../../src/postgres/parse-target.ts';
import type { Session } from '../../../src/postgres/session.ts';
import { startProxy } from '../proxy.ts';
import { column, useWorld } from '../world.ts';
import { matrix, tools } from './tools.ts';

const world = useWorld();
const isInstalled = existsSync(join(matrix, 'knex'));
const appended = ['Drizzle', 'Prisma', 'node-pg-migrate', 'dbmate'];

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'shipshape-append-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const toolNamed = (name: string) => tools.find((each) => each.name === name)!;

function migrate(url: string, changes: Partial<MigrateOptions> = {}): Promise<RunResult> {
  const snapshotFile = join(folder, 'none.json');
  return migrateDatabase({
    target: parseTarget(url, {}),
    folder,
    snapshotFile,
    on: () => undefined,
    ...changes,
  });
}

const errorsOf = ({ findings }: RunResult) => findings.filter(({ severity }) => severity === 'error');

/** What `status` says of each file. */
async function states(session: Session): Promise<readonly string[]> {
  const read = await readFolder(folder);
  const reading = await readForeignLedger(session, read, null);
  if (reading.kind === 'unread') return read.migrations.map(() => 'pending');
  const applied = new Set(reading.ledger.entries.map(({ id }) => id));
  return read.migrations.map(({ id }) =>
    applied.has(id) ? 'applied' : (reading.ledger.hindered.get(id)?.state ?? 'pending'),
  );
}

/** The tool's table: how it is made, and its rows without what differs from run to run. */
async function ledgerOf(session: Session): Promise<unknown> {
  const { rows: tables } = await session.query<{ table: string }>(
    `SELECT c.oid::regclass::text AS "table" FROM pg_class c WHERE relkind = 'r' AND relname = ANY ($1)`,
    [['__drizzle_migrations', '_prisma_migrations', 'pgmigrations', 'schema_migrations']],
  );
  const table = tables[0]?.table;
  if (table === undefined) return null;
  const made = await column(
    session,
    `SELECT concat_ws(' ', attname, format_type(atttypid, atttypmod), attnotnull, pg_get_expr(adbin, adrelid))
     FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
     WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum`,
    [table],
  );
  const constraints = await column(
    session,
    `SELECT conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = $1::regclass ORDER BY 1`,
    [table],
  );
  const rows = await column(
    session,
    `SELECT to_jsonb(t) - '{started_at,finished_at,run_on,applied_at}'::text[]
       - CASE WHEN to_jsonb(t)->>'id' ~ '-' THEN 'id' ELSE '' END FROM ${table} t ORDER BY ctid`,
  );
  return { table, made, constraints, rows };
}

describe.runIf(isInstalled).each(tools.filter(({ name }) => appended.includes(name)))(
  '$name',
  ({ write, apply }) => {
    test('goes on where ours has been, and ours where it has been', async () => {
      const { url, session } = await world.database();
      write(folder, 1);
      write(folder, 2);
      await apply(folder, url);
      const third = write(folder, 3);
      expect(await states(session)).toEqual(['applied', 'applied', 'pending']);
      const ran = await migrate(url);
      expect(errorsOf(ran)).toEqual([]);
      expect(ran).toMatchObject({
        exit: 0,
        applied: [{ id: third, words: ['created table t3 with 1 column'] }],
      });
      expect(await states(session)).toEqual(['applied', 'applied', 'applied']);
      // The tool has nothing to do, and says so by doing nothing.
      const before = await ledgerOf(session);
      await apply(folder, url);
      expect(await ledgerOf(session)).toEqual(before);
      write(folder, 4);
      await apply(folder, url);
      expect(await states(session)).toEqual(['applied', 'applied', 'applied', 'applied']);
      expect(await migrate(url)).toMatchObject({ exit: 0, applied: [] });
      expect(await column(session, 'SELECT count(*)::int FROM shipshape.ledger')).toEqual([0]);
    });

    test('has the same table and rows from either', async () => {
      const [ours, theirs] = [await world.database(), await world.database()];
      const ids = [write(folder, 1), write(folder, 2)];
      await apply(folder, theirs.url);
      const ran = await migrate(ours.url);
      expect(errorsOf(ran)).toEqual([]);
      expect(ran.applied.map(({ id }) => id)).toEqual(ids);
      const wanted = await ledgerOf(theirs.session);
      expect(wanted).not.toBeNull();
      expect(await ledgerOf(ours.session)).toEqual(wanted);
      await apply(folder, ours.url);
      expect(await ledgerOf(ours.session)).toEqual(wanted);
    });

    test('a file that fails leaves no row, and no table where there was none', async () => {
      const { url, session } = await world.database();
      await session.query('CREATE TABLE t1 ()');
      write(folder, 1);
      expect(await migrate(url)).toMatchObject({ exit: 6, applied: [] });
      expect(await ledgerOf(session)).toBeNull();
    });
  },
);

describe.runIf(isInstalled)('Prisma', () => {
  const { write, apply } = toolNamed('Prisma');
  const fileOf = (id: string) => join(folder, id, 'migration.sql');
  const attempts =
    'SELECT (rolled_back_at IS NOT NULL)::int FROM _prisma_migrations WHERE migration_name = $1 ORDER BY started_at';

  test('a failed attempt that left nothing is rolled back in the table with the next one that comes through', async () => {
    const { url, session } = await world.database();
    const id = write(folder, 1);
    writeFileSync(fileOf(id), 'create table t1 (n integer references t0);');
    await expect(apply(folder, url)).rejects.toThrow(/No such table: t0/);
    expect(await states(session)).toEqual(['failed']);
    // It fails in the same way: the row stays as it was.
    const failed = await migrate(url);
    expect(failed.findings.map(({ code }) => code)).toContain('failed-attempt-cleared');
    expect(failed).toMatchObject({ exit: 6, failed: id });
    expect(await column(session, attempts, [id])).toEqual([0]);
    writeFileSync(fileOf(id), 'create table t1 (n integer); create table t2 ();');
    expect(await migrate(url)).toMatchObject({ exit: 0, applied: [{ id }] });
    expect(await column(session, attempts, [id])).toEqual([1, 0]);
    await apply(folder, url);
    expect(await states(session)).toEqual(['applied']);
  });

  test('a failed attempt that may have left something is a finding, and nothing is applied', async () => {
    const { url, session } = await world.database();
    const id = write(folder, 1);
    write(folder, 2);
    writeFileSync(fileOf(id), 'create table if not exists t1 (); select 1/0;');
    await expect(apply(folder, url)).rejects.toThrow(/division by zero/);
    const ran = await migrate(url);
    expect(errorsOf(ran)).toMatchObject([
      { code: 'migration-failed-before', migration: id, do: expect.stringContaining(`--rolled-back ${id}`) },
    ]);
    expect(ran).toMatchObject({ exit: 3, applied: [] });
    expect(await column(session, "SELECT to_regclass('t2')::text")).toEqual([null]);
  });

  test('what needs no transaction is done step by step, and Prisma takes it for applied', async () => {
    const { url, session } = await world.database();
    const [first, second] = [write(folder, 1), write(folder, 2)];
    writeFileSync(fileOf(second), 'create index concurrently by_id on t1 (id); create table t2 ();');
    expect(await migrate(url)).toMatchObject({ exit: 0, applied: [{ id: first }, { id: second }] });
    await apply(folder, url);
    expect(await column(session, 'SELECT migration_name FROM _prisma_migrations ORDER BY 1')).toEqual([
      first,
      second,
    ]);
    expect(await column(session, 'SELECT count(*)::int FROM shipshape.ledger')).toEqual([0]);
  });

  test('while its own runner is at work ours waits for it, as for a locked table', async () => {
    const { url, session } = await world.database();
    write(folder, 1);
    await session.query('SELECT pg_advisory_lock(72707369)');
    const ran = await migrate(url, { waitSeconds: 1 });
    expect(errorsOf(ran)).toMatchObject([
      { code: 'lock-not-granted', because: expect.stringMatching(/^it is held by pid \d+/) },
    ]);
    expect(ran).toMatchObject({ exit: 5, applied: [] });
    await session.query('SELECT pg_advisory_unlock(72707369)');
    expect(await migrate(url)).toMatchObject({ exit: 0 });
  });
});

describe.runIf(isInstalled)('Drizzle', () => {
  const { write, apply } = toolNamed('Drizzle');

  test('what it has passed over is named, and applied where that is allowed', async () => {
    const { url, session } = await world.database();
    write(folder, 1);
    write(folder, 3);
    await apply(folder, url);
    const late = write(folder, 2);
    const refused = await migrate(url);
    expect(errorsOf(refused)).toMatchObject([
      {
        code: 'migration-passed-over',
        migration: late,
        do: expect.stringMatching(/^npx shipshape migrate --allow-out-of-order.*"when"/),
      },
    ]);
    expect(refused).toMatchObject({ exit: 3, applied: [] });
    expect(await migrate(url, { outOfOrder: true })).toMatchObject({ exit: 0, applied: [{ id: late }] });
    expect(await states(session)).toEqual(['applied', 'applied', 'applied']);
    await apply(folder, url);
    expect(await column(session, 'SELECT count(*)::int FROM drizzle.__drizzle_migrations')).toEqual([3]);
  });

  test('a COMMIT whose answer was lost is settled by the transaction, since its row says nothing of a run', async () => {
    const { url, session } = await world.database();
    write(folder, 1);
    write(folder, 2);
    let seen = 0;
    const proxy = await startProxy(url, {
      toServer({ application, client, server }, data) {
        const commits =
          application.startsWith('shipshape:work:') && data.toString('latin1').includes('COMMIT\0');
        // The first makes the schema shipshape.
        if (!commits || ++seen !== 2) return true;
        server.write(data, () => client.destroy());
        return false;
      },
    });
    const events: RunEvent[] = [];
    const ran = await migrate(proxy.url, { on: (event) => events.push(event) });
    await proxy.close();
    expect(errorsOf(ran)).toEqual([]);
    expect(ran.applied.map(({ id }) => id)).toEqual(['0001_t1', '0002_t2']);
    expect(events).toContainEqual({ kind: 'commit settled', migration: '0001_t1', applied: true });
    expect(await column(session, 'SELECT count(*)::int FROM drizzle.__drizzle_migrations')).toEqual([2]);
  });

  test('folders of 1.0 have a table of 1.0', async () => {
    const { url, session } = await world.database();
    for (const [name, sql] of [
      ['20240102030405_first', 'create table t1 ();'],
      ['20240102030406_second', 'create table t2 ();'],
    ] as const) {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'migration.sql'), sql);
      writeFileSync(join(folder, name, 'snapshot.json'), '{}');
    }
    expect(await migrate(url)).toMatchObject({ exit: 0 });
    expect(
      await column(
        session,
        `SELECT concat_ws(' ', name, created_at, hash = encode(sha256(format('create table t%s ();', id)::bytea), 'hex'), applied_at IS NOT NULL)
         FROM drizzle.__drizzle_migrations ORDER BY id`,
      ),
    ).toEqual(['20240102030405_first 1704164645000 t t', '20240102030406_second 1704164646000 t t']);
    expect(await states(session)).toEqual(['applied', 'applied']);
    expect(await migrate(url)).toMatchObject({ exit: 0, applied: [] });
  });
});

test.each([
  {
    tool: 'goose',
    mark: '-- +goose Up',
    table: 'goose_db_version',
    rows: [
      { id: 1, version_id: 0, is_applied: true, tstamp: expect.any(String) },
      { id: 2, version_id: 1, is_applied: true, tstamp: expect.any(String) },
      { id: 3, version_id: 2, is_applied: true, tstamp: expect.any(String) },
    ],
  },
  {
    tool: 'sql-migrate',
    mark: '-- +migrate Up',
    table: 'gorp_migrations',
    rows: [
      { id: '00001_t1.sql', applied_at: expect.any(String) },
      { id: '00002_t2.sql', applied_at: expect.any(String) },
    ],
  },
])('$tool: the rows that it writes itself', async ({ mark, table, rows }) => {
  const { url, session } = await world.database();
  writeFileSync(join(folder, '00001_t1.sql'), `${mark}\ncreate table t1 ();\n`);
  writeFileSync(join(folder, '00002_t2.sql'), `${mark}\ncreate table t2 ();\n`);
  expect(await migrate(url)).toMatchObject({ exit: 0 });
  expect(await column(session, `SELECT to_jsonb(t) FROM ${table} t ORDER BY t.ctid`)).toEqual(rows);
  expect(await states(session)).toEqual(['applied', 'applied']);
  expect(await migrate(url)).toMatchObject({ exit: 0, applied: [] });
});

test('an earlier file behind an applied one is refused unless it is allowed', async () => {
  const { url } = await world.database();
  const late = '00001_t1.sql';
  writeFileSync(join(folder, '00002_t2.sql'), '-- migrate:up\ncreate table t2 ();\n');
  expect(await migrate(url)).toMatchObject({ exit: 0 });
  writeFileSync(join(folder, late), '-- migrate:up\ncreate table t1 ();\n');
  const refused = await migrate(url);
  expect(errorsOf(refused)).toMatchObject([{ code: 'history-skipped', migration: '00001_t1' }]);
  expect(refused).toMatchObject({ exit: 3, applied: [] });
  expect(await migrate(url, { outOfOrder: true })).toMatchObject({ exit: 0, applied: [{ id: '00001_t1' }] });
});

test('a table of another name is made where it is named', async () => {
  const { url, session } = await world.database();
  writeFileSync(join(folder, '00001_t1.sql'), '-- migrate:up\ncreate table t1 ();\n');
  expect(await migrate(url, { ledgerTable: 'ops.done' })).toMatchObject({ exit: 0 });
  expect(await column(session, 'SELECT version FROM ops.done')).toEqual(['00001']);
  expect(await migrate(url, { ledgerTable: 'ops.done' })).toMatchObject({ exit: 0, applied: [] });
});
