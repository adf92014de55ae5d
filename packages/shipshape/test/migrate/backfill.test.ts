// Backfills: one statement over a whole table, in batches; each row once, those too that are written meanwhile.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { makeBatchSize } from '../../src/migrate/backfill/batch-size.ts';
import type { OwnSession } from '../../src/postgres/session.ts';
import { longVersions, onEveryVersion } from '../introspect/matrix.ts';
import { endRunnersAfterEach } from './end-runners.ts';
import { startRunner } from './start-runner.ts';
import { column, ledgerIds, type Ran, runFolder, until, useWorld } from './world.ts';

endRunnersAfterEach();

const fill = 'UPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL;';

function backfill(header: string, sql = fill): Readonly<Record<string, string>> {
  return { '0001_fill.sql': `-- shipshape: backfill ${header}\n${sql}\n` };
}

const bounds = 'table=t key=id batch=100';

async function left(session: OwnSession): Promise<unknown> {
  return (await column(session, 'SELECT count(*)::int FROM t WHERE n IS NULL'))[0];
}

const firstOf = ({ findings: [finding] }: Ran) => [finding?.code, finding?.because];

onEveryVersion((major) => {
  const world = useWorld(major);

  async function table(
    rows: number,
    ddl = 'CREATE TABLE t (id int PRIMARY KEY, n int, touched int DEFAULT 0)',
  ): Promise<{ url: string; session: OwnSession }> {
    const made = await world.database();
    await made.session.query(ddl);
    // Counts how often a row was changed.
    await made.session.query(`CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN NEW.touched = OLD.touched + 1; RETURN NEW; END $$;
        CREATE TRIGGER touch BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION touch();
        INSERT INTO t (id) SELECT i FROM generate_series(1, ${rows}) i`);
    return made;
  }

  test('every row is changed once, in batches that commit, with the count in the journal', async () => {
    const { url, session } = await table(1050);
    const folder = world.folder(backfill(bounds));
    const ran = await runFolder(url, folder);
    expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
    expect(ran.applied[0]?.words).toEqual(['changed 1050 rows of t']);
    expect(await left(session)).toBe(0);
    expect(await column(session, 'SELECT DISTINCT touched FROM t')).toEqual([1]);
    expect(await column(session, 'SELECT count(DISTINCT xmin::text)::int FROM t')).toEqual([11]);
    const { rows } = await session.query(
      'SELECT state, cursor, pass, rows::int, attempts FROM shipshape.step',
    );
    expect(rows).toEqual([{ state: 'done', cursor: '1050', pass: 2, rows: 1050, attempts: 1 }]);
    expect(await ledgerIds(session)).toEqual(['0001_fill']);
    expect(await runFolder(url, folder)).toMatchObject({ exit: 0, events: [] });
  });

  test.each([
    ['bigint', 'i::bigint * 9007199254740993'],
    ['uuid', 'md5(i::text)::uuid'],
    ['text', "'ß ''' || i"],
    ['timestamptz', "timestamptz '1969-12-31 23:59:59.123457+05:30' + i * interval '1.000001 s'"],
    ['numeric', 'i / 7.0'],
    ['date', "date '0044-03-15 BC' + i"],
    ['float8', 'i / 7.0::float8'],
  ])('the key may be of type %s', async (type, value) => {
    const { url, session } = await world.database();
    await session.query(`CREATE TABLE t (id ${type} PRIMARY KEY, n int);
        INSERT INTO t SELECT ${value} FROM generate_series(1, 250) i;`);
    await session.query(`DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET DateStyle = ''German, DMY''', current_database()); END $$`);
    expect(await runFolder(url, world.folder(backfill(bounds)))).toMatchObject({ exit: 0, findings: [] });
    expect(await left(session)).toBe(0);
    expect(await column(session, 'SELECT count(DISTINCT xmin::text)::int FROM t')).toEqual([3]);
  });

  test('a key of several rows is gone through whole, and one that no batch can part is refused', async () => {
    const { url, session } = await table(
      0,
      'CREATE TABLE t (at int NOT NULL, id int, n int, touched int DEFAULT 0, PRIMARY KEY (at, id))',
    );
    await session.query('INSERT INTO t (at, id) SELECT i / 150, i FROM generate_series(1, 900) i');
    const sql = 'UPDATE t SET n = 0 WHERE at BETWEEN $1 AND $2 AND n IS NULL';
    expect(await runFolder(url, world.folder(backfill('table=t key=at batch=100', sql)))).toMatchObject({
      exit: 0,
    });
    expect(await left(session)).toBe(0);
    expect(await column(session, 'SELECT DISTINCT touched FROM t')).toEqual([1]);
    await session.query('DELETE FROM shipshape.step; DELETE FROM shipshape.ledger; UPDATE t SET n = NULL');
    const ran = await runFolder(url, world.folder(backfill('table=t key=at batch=10', sql)));
    expect(ran).toMatchObject({ exit: 3, applied: [] });
    expect(firstOf(ran)).toEqual([
      'backfill-unfit',
      'more than 100 rows of public.t have one and the same at, and no batch can part them',
    ]);
  });

  test('a table without statistics is not read anew for each batch', async () => {
    const { url, session } = await world.database();
    await session.query(`CREATE TABLE t (id bigint PRIMARY KEY, n int) WITH (autovacuum_enabled = off);
        INSERT INTO t SELECT i FROM generate_series(1, 20000) i`);
    expect(await runFolder(url, world.folder(backfill(bounds)))).toMatchObject({ exit: 0, findings: [] });
    const read = async () =>
      Number(
        (
          await column(
            session,
            "SELECT seq_tup_read + coalesce(idx_tup_fetch, 0) FROM pg_stat_user_tables WHERE relname = 't'",
          )
        )[0],
      );
    // Counts of a session arrive when it has ended.
    await until(async () => (await read()) > 40_000, 'the reads are counted');
    expect(await read()).toBeLessThan(8 * 20_000);
  });

  test('an empty table is done at once', async () => {
    const { url, session } = await table(0);
    const ran = await runFolder(url, world.folder(backfill(bounds)));
    expect(ran.applied[0]?.words).toEqual(['changed 0 rows of t']);
    expect(await ledgerIds(session)).toEqual(['0001_fill']);
  });

  test.each([
    ['UPDATE t SET n = 0', 'it does not ask for $1, the first key of a batch'],
    ['UPDATE t SET n = 0 WHERE id > $1', 'it does not ask for $2, the last key of a batch'],
    ['UPDATE t SET n = $3 WHERE id BETWEEN $1 AND $2', 'it asks for $3, and there are two parameters'],
    ['SELECT $1, $2', 'it is no UPDATE, INSERT, DELETE or MERGE, which say how many rows they changed'],
    [`${fill} ${fill}`, 'a backfill is one statement, and this file holds 2'],
  ])('a statement that is none is refused before anything runs: %s', async (sql, because) => {
    const { url, session } = await table(1);
    const ran = await runFolder(
      url,
      world.folder({ '0000_before.sql': 'CREATE TABLE u ()', ...backfill(bounds, sql) }),
    );
    expect(ran).toMatchObject({ exit: 3, applied: [] });
    expect(firstOf(ran)).toEqual(['backfill-unfit', because]);
    expect(await column(session, "SELECT to_regclass('u')::text")).toEqual([null]);
  });

  test.each([
    ['table=gone key=id', 'there is no table gone'],
    ['table=v key=id', 'public.v is no table'],
    ['table=t key=gone', 'public.t has no column gone'],
    ['table=t key=id,n', 'a key is one column, and id,n is several'],
    ['table=t key=n', 'public.t.n may be null, and a row without a key would be passed over'],
    [
      'table=t key=m',
      'no valid index begins with public.t.m in its own order, so that each batch would read the whole table',
    ],
  ])('a key that would lose rows, or a table for each batch, is refused: %s', async (header, because) => {
    const { url, session } = await table(
      1,
      'CREATE TABLE t (id int PRIMARY KEY, n int, m int NOT NULL DEFAULT 1, touched int DEFAULT 0)',
    );
    await session.query(
      'CREATE VIEW v AS SELECT * FROM t; CREATE INDEX ON t (m) WHERE n > 1; CREATE INDEX ON t (n, m); CREATE INDEX ON t USING hash (m)',
    );
    const ran = await runFolder(url, world.folder(backfill(header)));
    expect(ran).toMatchObject({ exit: 3, applied: [] });
    expect(firstOf(ran)).toEqual(['backfill-unfit', because]);
  });

  test('a statement that changes done rows again is refused, and nothing is changed', async () => {
    const { url, session } = await table(500);
    const folder = world.folder(backfill(bounds, 'UPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2'));
    const ran = await runFolder(url, folder);
    expect(ran).toMatchObject({ exit: 3, applied: [], findings: [{ code: 'backfill-not-repeatable' }] });
    expect(await left(session)).toBe(500);
    expect(await runFolder(url, world.folder(backfill(bounds)))).toMatchObject({ exit: 0 });
  });

  test('who writes rows that it has to change without end is told of, after ten passes', async () => {
    const { url, session } = await table(10);
    // Behind the cursor, each time that a batch has run.
    await session.query(`CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN INSERT INTO t (id) SELECT min(id) - 1 FROM t; RETURN NULL; END $$;
        CREATE TRIGGER more AFTER UPDATE ON t FOR EACH STATEMENT EXECUTE FUNCTION more()`);
    const ran = await runFolder(url, world.folder(backfill(bounds)));
    expect(ran).toMatchObject({ exit: 6, findings: [{ code: 'backfill-never-ends' }] });
    expect(ran.findings[0]?.what).toBe(
      '0001_fill went through its table 10 times, and changed 1 row in the last pass',
    );
    expect(await ledgerIds(session)).toEqual([]);
    await session.query('DROP TRIGGER more ON t');
    expect(await runFolder(url, world.folder(backfill(bounds)))).toMatchObject({ exit: 0, findings: [] });
    expect(await left(session)).toBe(0);
  });

  test('one that is edited in the middle is refused; its batch and pause may be edited', async () => {
    const { url, session } = await table(300);
    await session.query('ALTER TABLE t ADD CHECK (id < 200 OR n IS NULL OR n <> 0)');
    const cut = await runFolder(url, world.folder(backfill(bounds)));
    expect(cut).toMatchObject({ exit: 6, findings: [{ code: 'migration-failed' }] });
    expect(cut.findings[0]?.because).toBe(
      'the last batch was rolled back; this run applied nothing; of 0001_fill 100 rows are changed and stay so; not applied: 0001_fill',
    );
    // The cursor is kept with the batch that it stands behind, by one transaction.
    expect(
      await column(session, 'SELECT s.xmin = t.xmin FROM shipshape.step s, t WHERE t.id = s.cursor::int'),
    ).toEqual([true]);
    const edited = await runFolder(url, world.folder(backfill(bounds, fill.replace('n = 0', 'n = 1'))));
    expect(edited).toMatchObject({ exit: 3, findings: [{ code: 'backfill-edited' }] });
    await session.query('ALTER TABLE t DROP CONSTRAINT t_check');
    const next = await runFolder(url, world.folder(backfill('table=t key=id batch=7 pause=1ms')));
    expect(next).toMatchObject({ exit: 0, findings: [] });
    expect(next.events.find((event) => event.kind === 'step')).toMatchObject({
      words: expect.stringMatching(/^goes on in pass 1 behind 100: 100 rows are changed since \d/),
    });
    expect(await column(session, 'SELECT DISTINCT touched FROM t')).toEqual([1]);
  });

  test('a row that is locked is waited for, batch by batch', async () => {
    const { url, session } = await table(300);
    const holder = await world.connect(url);
    await holder.query('BEGIN; SELECT FROM t WHERE id = 150 FOR UPDATE');
    const ran = await runFolder(url, world.folder(backfill(bounds)), {
      on: (event) => {
        if (event.kind === 'trying again') void holder.query('COMMIT');
      },
    });
    expect(ran).toMatchObject({ exit: 0, findings: [] });
    expect(ran.events.find((event) => event.kind === 'trying again')).toMatchObject({
      blockers: [{ pid: holder.pid }],
    });
    expect(await column(session, 'SELECT DISTINCT touched FROM t')).toEqual([1]);
  });

  test('somebody who waits for its locks makes the next batch smaller', async () => {
    const { url, session } = await table(300);
    await session.query(`CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_sleep(0.002); RETURN NEW; END $$;
        CREATE TRIGGER slow BEFORE UPDATE OF n ON t FOR EACH ROW EXECUTE FUNCTION slow()`);
    const waiter = await world.connect(url);
    const ran = runFolder(url, world.folder(backfill(bounds)));
    await until(
      async () =>
        (
          await column(
            session,
            "SELECT FROM pg_stat_activity WHERE query LIKE 'UPDATE t SET n%' AND state = 'active'",
          )
        ).length === 1,
      'the first batch is under way',
    );
    await waiter.query('SELECT FROM t WHERE id = 1 FOR UPDATE');
    expect(await ran).toMatchObject({ exit: 0, findings: [] });
    const sizes = await column(session, 'SELECT count(*)::int FROM t GROUP BY xmin ORDER BY min(id)');
    expect(sizes.slice(0, 2)).toEqual([100, 50]);
  });

  test('kill -9 in the middle loses no row and does none twice', async () => {
    const { url, session } = await table(2000);
    const folder = world.folder(backfill('table=t key=id batch=10 pause=2ms'));
    const killed = startRunner(url, folder, { leaseSeconds: 2 });
    await until(async () => ((await left(session)) as number) < 1800, 'it is in the middle');
    killed.child.kill('SIGKILL');
    expect(await killed.ended).toBeNull();
    const done = 2000 - ((await left(session)) as number);
    expect(done).toBeLessThan(2000);
    const next = await runFolder(url, folder, { leaseSeconds: 2 });
    expect(next).toMatchObject({ exit: 0, findings: [] });
    expect(await column(session, 'SELECT touched, count(*)::int FROM t GROUP BY 1')).toEqual([1]);
    expect(await column(session, 'SELECT rows::int FROM shipshape.step')).toEqual([2000]);
    expect(await column(session, 'SELECT attempts FROM shipshape.step')).toEqual([2]);
  });

  test('rows that are written behind and before the cursor are found, whatever the batches are', async () => {
    const { url, session } = await table(0);
    // One row more with each batch that changes something, save the first, which is tried twice. What is written behind
    // the last pass of all no tool can know of.
    await session.query(`CREATE TABLE later (nr serial, id int); CREATE SEQUENCE calls;
        CREATE FUNCTION more() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF EXISTS (SELECT FROM changed) AND nextval('calls') > 1 THEN
            WITH one AS (DELETE FROM later WHERE nr = (SELECT min(nr) FROM later) RETURNING id)
            INSERT INTO t (id) SELECT id FROM one ON CONFLICT DO NOTHING;
          END IF;
          RETURN NULL; END $$;
        CREATE TRIGGER more AFTER UPDATE ON t REFERENCING NEW TABLE AS changed
          FOR EACH STATEMENT EXECUTE FUNCTION more()`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: -50, max: 700 }), { maxLength: 8 }),
        fc.integer({ min: 1, max: 40 }),
        async (later, batch) => {
          await session.query(`TRUNCATE t, later; INSERT INTO t (id) SELECT i * 10 FROM generate_series(1, 60) i;
              INSERT INTO later (id) SELECT unnest('{${later.join()}}'::int[]); SELECT setval('calls', 1, false);
              DROP SCHEMA IF EXISTS shipshape CASCADE`);
          const ran = await runFolder(url, world.folder(backfill(`table=t key=id batch=${batch}`)));
          expect(ran).toMatchObject({ exit: 0, findings: [] });
          expect(await left(session)).toBe(0);
          expect(await column(session, 'SELECT DISTINCT touched FROM t')).toEqual([1]);
          expect(await column(session, 'SELECT rows = (SELECT count(*) FROM t) FROM shipshape.step')).toEqual(
            [true],
          );
        },
      ),
      { numRuns: 20 },
    );
  }, 60_000);
}, longVersions);

describe('the size of a batch', () => {
  test('begins small, grows while batches are short, and halves when they are long or somebody waits', () => {
    const size = makeBatchSize(5000);
    const seen = [size.rows];
    for (const [milliseconds, contended] of [
      [10, false],
      [10, false],
      [10, false],
      [400, false],
      [600, false],
      [10, true],
      [10, false],
    ] as const) {
      size.note(milliseconds, contended);
      seen.push(size.rows);
    }
    size.shrink();
    expect([...seen, size.rows]).toEqual([1000, 2000, 4000, 5000, 5000, 2500, 1250, 2500, 1250]);
    expect(makeBatchSize(7).rows).toBe(7);
    const one = makeBatchSize(1);
    one.shrink();
    expect(one.rows).toBe(1);
  });
});
