// Migrations that are not one transaction: each step once, whatever is left of an attempt before.
import { expect, test } from 'vitest';
import type { OwnSession } from '../../src/postgres/session.ts';
import { onEveryVersion } from '../introspect/matrix.ts';
import { column, ledgerIds, type Ran, runFolder, until, useWorld } from './world.ts';

const apart = '-- shipshape: no-transaction\n';

function told({ events }: Ran): readonly string[] {
  return events.flatMap((event) => (event.kind === 'step' ? [event.words] : []));
}

async function journal(session: OwnSession): Promise<readonly unknown[]> {
  return column(
    session,
    "SELECT position || ' ' || state || ' ' || attempts FROM shipshape.step ORDER BY migration, position",
  );
}

async function indexes(session: OwnSession): Promise<readonly unknown[]> {
  return column(
    session,
    `SELECT pg_get_indexdef(indexrelid) || CASE WHEN indisvalid THEN '' ELSE ' INVALID' END FROM pg_index
     WHERE indrelid = 't'::regclass ORDER BY 1`,
  );
}

onEveryVersion(
  (major) => {
    const world = useWorld(major);

    async function table(rows = 100): Promise<{ url: string; session: OwnSession }> {
      const made = await world.database();
      await made.session.query(
        `CREATE TABLE t (id int PRIMARY KEY, a int, b text); INSERT INTO t SELECT i, i, 'x' || i FROM generate_series(1, ${rows}) i`,
      );
      return made;
    }

    /** As a build that was cut off leaves one behind. */
    async function invalid(session: OwnSession, definition: string): Promise<void> {
      await session.query('INSERT INTO t VALUES (100001, 1, NULL), (100002, 1, NULL)');
      await expect(session.query(definition)).rejects.toMatchObject({ sqlstate: '23505' });
      await session.query('DELETE FROM t WHERE id > 100000');
    }

    test('a concurrent index is built from a plain file, and stands in journal and ledger', async () => {
      const { url, session } = await table();
      const folder = world.folder({
        '0001_index.sql': 'CREATE INDEX CONCURRENTLY by_a ON t (a DESC) WHERE a > 5;',
      });
      const ran = await runFolder(url, folder);
      expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
      expect(ran.applied.map(({ words }) => words)).toEqual([['created index by_a on t (a desc), partial']]);
      expect(await indexes(session)).toContain(
        'CREATE INDEX by_a ON public.t USING btree (a DESC) WHERE (a > 5)',
      );
      expect(await journal(session)).toEqual(['0 done 1']);
      expect(await column(session, 'SELECT expects FROM shipshape.step')).toEqual([
        {
          index: 'by_a',
          table: 'public.t',
          definition: 'USING btree (a DESC) WHERE (a > 5)',
          before: ['t_pkey'],
        },
      ]);
      expect(await ledgerIds(session)).toEqual(['0001_index']);
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, events: [] });
    });

    test('a failure keeps the steps before it, and the next run goes on there; what is to come may be edited', async () => {
      const { url, session } = await table();
      const first = 'INSERT INTO t VALUES (0, 0, NULL);\nALTER TABLE t ADD COLUMN c int;\n';
      const failing = world.folder({
        '0001_steps.sql': `${apart}${first}ALTER TABLE t ADD COLUMN c text;\nVACUUM t;`,
      });
      const ran = await runFolder(url, failing);
      expect(ran).toMatchObject({ exit: 6, applied: [], left: ['0001_steps'], failed: '0001_steps' });
      expect(ran.findings[0]?.because).toBe(
        'step 3 was not done; this run applied nothing; of 0001_steps steps 1 to 2 of 4 are done and kept; not applied: 0001_steps',
      );
      expect(ran.findings[0]?.do).toMatch(
        /0001_steps\.sql:4 \(what is done may not be edited, the rest may\)/,
      );
      expect(await journal(session)).toEqual(['0 done 1', '1 done 1']);
      expect(await ledgerIds(session)).toEqual([]);
      const mended = world.folder({
        '0001_steps.sql': `${apart}${first}ALTER TABLE t ADD COLUMN d text;\nVACUUM t;`,
      });
      const next = await runFolder(url, mended);
      expect(next).toMatchObject({ exit: 0, findings: [] });
      expect(told(next)).toEqual(['step 1 of 4 was done before', 'step 2 of 4 was done before']);
      expect(await column(session, 'SELECT count(*)::int FROM t WHERE id = 0')).toEqual([1]);
      expect(await ledgerIds(session)).toEqual(['0001_steps']);
      // Each step is kept with its own row, by one transaction.
      expect(
        await column(
          session,
          'SELECT s.xmin = t.xmin FROM shipshape.step s, t WHERE s.position = 0 AND t.id = 0',
        ),
      ).toEqual([true]);
    });

    test('what is done may not be edited: exit 3, nothing more is applied', async () => {
      const { url, session } = await table();
      await runFolder(
        url,
        world.folder({ '0001_steps.sql': `${apart}ALTER TABLE t ADD COLUMN c int; SELECT 1 / 0` }),
      );
      const edited = world.folder({
        '0001_steps.sql': `${apart}ALTER TABLE t ADD COLUMN c bigint; CREATE TABLE u ()`,
      });
      const ran = await runFolder(url, edited);
      expect(ran).toMatchObject({ exit: 3, findings: [{ code: 'step-edited' }] });
      expect(ran.findings[0]?.what).toBe('step 1 of 2 of 0001_steps is done here, and has another text now');
      expect(await column(session, "SELECT to_regclass('u')::text")).toEqual([null]);
      const shorter = await runFolder(url, world.folder({ '0001_steps.sql': apart }));
      expect(shorter).toMatchObject({ exit: 3, findings: [{ code: 'step-edited' }] });
    });

    test('what a file sets holds for its later steps in every attempt, and ends with it', async () => {
      const { url, session } = await table();
      await session.query(
        'CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.t (id int); CREATE ROLE maker; GRANT ALL ON SCHEMA elsewhere TO maker',
      );
      const files = (last: string) => ({
        '0001_steps.sql': `${apart}SET search_path = elsewhere; CREATE INDEX CONCURRENTLY here ON t (id); SET ROLE maker; CREATE TABLE u (); ${last}`,
      });
      expect(await runFolder(url, world.folder(files('SELECT 1 / 0')))).toMatchObject({ exit: 6 });
      const ran = await runFolder(
        url,
        world.folder({ ...files('CREATE TABLE v ()'), '0002_next.sql': 'CREATE TABLE w ()' }),
      );
      expect(ran.findings).toEqual([]);
      expect(
        await column(
          session,
          "SELECT oid::regclass || ' ' || relowner::regrole FROM pg_class WHERE relname IN ('u', 'v', 'w', 'here') ORDER BY relname",
        ),
      ).toEqual(['elsewhere.here postgres', 'elsewhere.u maker', 'elsewhere.v maker', 'w postgres']);
    });

    test.each([
      ['IF NOT EXISTS ', 'once said to be believed'],
      ['', 'which would be an error'],
    ])('an invalid leftover is built again (%s%s)', async (condition) => {
      const { url, session } = await table();
      await invalid(session, 'CREATE UNIQUE INDEX CONCURRENTLY by_a ON t (a)');
      expect(await indexes(session)).toContain(
        'CREATE UNIQUE INDEX by_a ON public.t USING btree (a) INVALID',
      );
      const ran = await runFolder(
        url,
        world.folder({ '0001_index.sql': `CREATE UNIQUE INDEX CONCURRENTLY ${condition}by_a ON t (a)` }),
      );
      expect(ran).toMatchObject({ exit: 0, findings: [] });
      expect(told(ran)).toEqual(['by_a was left invalid: it is dropped and built again']);
      expect(await indexes(session)).toContain('CREATE UNIQUE INDEX by_a ON public.t USING btree (a)');
    });

    test('a valid index of the same definition is taken for done', async () => {
      const { url, session } = await table();
      await session.query('CREATE INDEX by_a ON t USING btree (a, lower(b) COLLATE "C") WHERE a IS NOT NULL');
      const ran = await runFolder(
        url,
        world.folder({
          '0001_index.sql':
            'CREATE INDEX CONCURRENTLY by_a ON public.t (a, (lower(b)) COLLATE "C") WHERE (a) IS NOT NULL',
        }),
      );
      expect(ran).toMatchObject({ exit: 0, findings: [] });
      expect(ran.applied[0]?.words).toEqual(['index by_a is there, as it is to be']);
    });

    test.each([
      ['CREATE INDEX by_a ON t (b)', 'index USING btree (b)'],
      ['CREATE UNIQUE INDEX by_a ON t (a)', 'index unique USING btree (a)'],
      ['CREATE INDEX by_a ON t (a) INCLUDE (b)', 'index USING btree (a) INCLUDE (b)'],
      ['CREATE INDEX by_a ON t (a) WHERE a > 0', 'index USING btree (a) WHERE (a > 0)'],
      ['CREATE INDEX by_a ON t (a DESC)', 'index USING btree (a DESC)'],
      ['CREATE INDEX by_a ON t USING hash (a)', 'index USING hash (a)'],
      ['CREATE INDEX by_a ON t (a) WITH (fillfactor = 50)', "index USING btree (a) WITH (fillfactor='50')"],
      ['CREATE TABLE u (a int); CREATE INDEX by_a ON u (a)', 'index on u USING btree (a)'],
      ['CREATE TABLE by_a (a int)', 'not an index'],
    ])('something else under the name is not believed and not touched: %s', async (sql, found) => {
      const { url, session } = await table();
      await session.query(sql);
      const ran = await runFolder(
        url,
        world.folder({ '0001_index.sql': 'CREATE INDEX CONCURRENTLY IF NOT EXISTS by_a ON t (a)' }),
      );
      expect(ran).toMatchObject({
        exit: 6,
        applied: [],
        findings: [{ code: 'index-of-another-definition' }],
      });
      expect(ran.findings[0]?.because).toBe(
        `it is to be: index USING btree (a); it is: ${found}; nothing was touched, and what is done before it stays`,
      );
      expect(await column(session, "SELECT to_regclass('by_a') IS NOT NULL")).toEqual([true]);
      expect(await ledgerIds(session)).toEqual([]);
    });

    test('what a failed build leaves is cleared at once, and the statement may be corrected', async () => {
      const { url, session } = await table();
      await session.query('UPDATE t SET a = 1 WHERE id < 3');
      const ran = await runFolder(
        url,
        world.folder({ '0001_index.sql': 'CREATE UNIQUE INDEX CONCURRENTLY by_a ON t (a)' }),
      );
      expect(ran).toMatchObject({ exit: 6, findings: [{ code: 'migration-failed' }] });
      expect(told(ran)).toEqual(['DROP INDEX CONCURRENTLY public.by_a: nothing is left of the attempt']);
      expect(await column(session, "SELECT to_regclass('by_a')::text")).toEqual([null]);
      const next = await runFolder(
        url,
        world.folder({ '0001_index.sql': 'CREATE INDEX CONCURRENTLY by_a ON t (a)' }),
      );
      expect(next).toMatchObject({ exit: 0, findings: [] });
      expect(await journal(session)).toEqual(['0 done 2']);
    });

    test('an index without a name is told from those that were there before', async () => {
      const { url, session } = await table();
      await session.query('CREATE INDEX ON t (a)');
      const folder = world.folder({ '0001_index.sql': 'CREATE INDEX CONCURRENTLY ON t (a)' });
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
      expect(await indexes(session)).toHaveLength(3);
      // As if it had been cut off after the build.
      await session.query("UPDATE shipshape.step SET state = 'started'; DELETE FROM shipshape.ledger");
      const next = await runFolder(url, folder);
      expect(next.applied[0]?.words).toEqual(['index t_a_idx1 is there, as it is to be']);
      expect(await indexes(session)).toHaveLength(3);
    });

    test('a build by somebody else is waited for, with its progress', async () => {
      const { url, session } = await table();
      const reader = await world.connect(url);
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM t LIMIT 1');
      const builder = await world.connect(url);
      const built = builder.query('CREATE INDEX CONCURRENTLY by_a ON t (a)');
      await until(
        async () =>
          (
            await column(
              session,
              "SELECT FROM pg_stat_progress_create_index WHERE phase = 'waiting for old snapshots'",
            )
          ).length === 1,
        'the build waits for the reader',
      );
      let released: Promise<unknown> | undefined;
      const ran = await runFolder(
        url,
        world.folder({ '0001_index.sql': 'CREATE INDEX CONCURRENTLY IF NOT EXISTS by_a ON t (a)' }),
        {
          on: (event) => {
            if (event.kind === 'progress') released ??= reader.query('COMMIT');
          },
        },
      );
      await Promise.all([built, released]);
      expect(ran).toMatchObject({ exit: 0, findings: [] });
      expect(ran.applied[0]?.words).toEqual(['index by_a is there, as it is to be']);
      expect(ran.events.find((event) => event.kind === 'progress')).toMatchObject({
        advance: {
          phase: `pid ${builder.pid} builds public.by_a: waiting for old snapshots`,
          unit: 'transactions',
        },
        blockers: [{ pid: reader.pid }],
      });
    });

    test('a build by a role whose progress is hidden from ours is waited for, and not dropped', async () => {
      const { url, session } = await table();
      const role = `plain_${major}`;
      await session.query(`CREATE ROLE ${role} LOGIN; ALTER TABLE t OWNER TO ${role}; GRANT CREATE ON SCHEMA public TO ${role};
        DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO ${role}', current_database()); END $$`);
      const reader = await world.connect(url);
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM t LIMIT 1');
      const builder = await world.connect(url);
      const built = builder.query('CREATE INDEX CONCURRENTLY by_a ON t (a)');
      await until(
        async () => (await column(session, "SELECT FROM pg_class WHERE relname = 'by_a'")).length === 1,
        'the index is begun',
      );
      let released: Promise<unknown> | undefined;
      const ran = await runFolder(
        url.replace('postgres@', `${role}@`),
        world.folder({ '0001_index.sql': 'CREATE INDEX CONCURRENTLY IF NOT EXISTS by_a ON t (a)' }),
        {
          on: (event) => {
            if (event.kind === 'progress') released ??= reader.query('COMMIT');
          },
        },
      );
      await Promise.all([built, released]);
      expect(ran).toMatchObject({ exit: 0, findings: [] });
      expect(ran.applied[0]?.words).toEqual(['index by_a is there, as it is to be']);
      expect(ran.events.find((event) => event.kind === 'progress')).toMatchObject({
        advance: { phase: `pid ${builder.pid} builds public.by_a: at work` },
      });
    });

    test('an index that cannot be tried on a copy is built; one that was cut off is built again, and nothing else is dropped', async () => {
      const { url, session } = await table();
      // Takes a row of this very table: the copy has rows of its own.
      await session.query("CREATE FUNCTION f(t) RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT $1.a'");
      const folder = world.folder({
        '0001_index.sql': 'CREATE INDEX CONCURRENTLY IF NOT EXISTS by_f ON t (f(t))',
      });
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
      expect(await column(session, "SELECT expects->'definition' FROM shipshape.step")).toEqual([null]);
      await session.query("UPDATE shipshape.step SET state = 'started'; DELETE FROM shipshape.ledger");
      const again = await runFolder(url, folder);
      expect(again).toMatchObject({ exit: 0, findings: [] });
      expect(told(again)[1]).toBe('by_f was left behind: it is dropped and built again');
      // Where it was there before the step began, it is somebody else's.
      const oid = await column(session, "SELECT 'by_f'::regclass::oid");
      await session.query('DELETE FROM shipshape.ledger; DELETE FROM shipshape.step');
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
      await session.query("UPDATE shipshape.step SET state = 'started'; DELETE FROM shipshape.ledger");
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
      expect(await column(session, "SELECT 'by_f'::regclass::oid")).toEqual(oid);
    });

    test('Ctrl-C during a build clears the unfinished index, and says what was applied', async () => {
      const { url, session } = await table();
      const reader = await world.connect(url);
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT FROM t LIMIT 1');
      const controller = new AbortController();
      const folder = world.folder({
        '0001_index.sql': `${apart}CREATE TABLE u (); CREATE INDEX CONCURRENTLY by_a ON t (a)`,
      });
      const ran = await runFolder(url, folder, {
        signal: controller.signal,
        on: (event) => {
          if (event.kind === 'progress' && event.advance.phase === 'waiting for old snapshots') {
            controller.abort();
            setTimeout(() => void reader.query('COMMIT'), 300);
          }
        },
      });
      expect(ran).toMatchObject({ exit: 6, findings: [{ code: 'migration-interrupted' }] });
      expect(ran.findings[0]?.because).toBe(
        'this run applied nothing; of 0001_index step 1 of 2 is done and kept; not applied: 0001_index',
      );
      expect(await column(session, "SELECT to_regclass('by_a')::text")).toEqual([null]);
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
    });

    test('DROP INDEX CONCURRENTLY that was cut off is done when the index is gone, and goes on when it is half dropped', async () => {
      const { url, session } = await table();
      await session.query('CREATE INDEX by_a ON t (a)');
      const folder = world.folder({ '0001_drop.sql': 'DROP INDEX CONCURRENTLY by_a' });
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
      await session.query("UPDATE shipshape.step SET state = 'started'; DELETE FROM shipshape.ledger");
      const gone = await runFolder(url, folder);
      expect(gone.applied[0]?.words).toEqual(['index public.by_a is gone']);
      await session.query(`CREATE INDEX by_a ON t (a); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'by_a'::regclass;
        UPDATE shipshape.step SET state = 'started'; DELETE FROM shipshape.ledger`);
      const half = await runFolder(url, folder);
      expect(half).toMatchObject({ exit: 0, findings: [] });
      expect(await column(session, "SELECT to_regclass('by_a')::text")).toEqual([null]);
    });

    test('REINDEX CONCURRENTLY that was cut off is done again, and its leftovers are dropped', async () => {
      const { url, session } = await table();
      const folder = world.folder({ '0001_reindex.sql': 'REINDEX TABLE CONCURRENTLY t' });
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
      await invalid(session, 'CREATE UNIQUE INDEX CONCURRENTLY t_pkey_ccnew ON t (a)');
      await session.query("UPDATE shipshape.step SET state = 'started'; DELETE FROM shipshape.ledger");
      const again = await runFolder(url, folder);
      expect(again).toMatchObject({ exit: 0, findings: [] });
      expect(told(again)[1]).toBe('public.t_pkey_ccnew was left behind, and is dropped');
      expect(await indexes(session)).toEqual(['CREATE UNIQUE INDEX t_pkey ON public.t USING btree (id)']);
      expect(await journal(session)).toEqual(['0 done 2']);
    });

    test('DETACH PARTITION CONCURRENTLY that was cut off half-way is finalized', async () => {
      const { url, session } = await world.database();
      await session.query(
        'CREATE TABLE whole (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF whole FOR VALUES IN (1)',
      );
      const reader = await world.connect(url);
      await reader.query('BEGIN; SELECT FROM whole');
      const controller = new AbortController();
      const folder = world.folder({
        '0001_detach.sql': 'ALTER TABLE whole DETACH PARTITION part CONCURRENTLY',
      });
      const cut = await runFolder(url, folder, {
        signal: controller.signal,
        on: (event) => {
          if (event.kind === 'waiting for lock') controller.abort();
        },
      });
      expect(cut).toMatchObject({ exit: 6, findings: [{ code: 'migration-interrupted' }] });
      expect(await column(session, 'SELECT inhdetachpending FROM pg_inherits')).toEqual([true]);
      await reader.query('COMMIT');
      const next = await runFolder(url, folder);
      expect(next).toMatchObject({ exit: 0, findings: [] });
      expect(told(next)[1]).toBe('part was half detached from whole: the rest is done');
      expect(await column(session, 'SELECT FROM pg_inherits')).toEqual([]);
      expect(await journal(session)).toEqual(['0 done 2']);
    });

    test('databases are recognised by name', async () => {
      const { url, session } = await world.database();
      const name = `other_${major}`;
      const folder = world.folder({ '0001_make.sql': `CREATE DATABASE ${name}` });
      expect(await runFolder(url, folder)).toMatchObject({ exit: 0, findings: [] });
      await session.query("UPDATE shipshape.step SET state = 'started'; DELETE FROM shipshape.ledger");
      expect(await runFolder(url, folder)).toMatchObject({
        applied: [{ words: [`database ${name} is there`] }],
      });
      // One that was there before is none of ours.
      await session.query('DELETE FROM shipshape.step; DELETE FROM shipshape.ledger');
      expect(await runFolder(url, folder)).toMatchObject({
        exit: 6,
        findings: [{ code: 'migration-failed' }],
      });
    });

    test('what others would queue behind gives up after the time-out, and is tried again', async () => {
      const { url, session } = await table();
      const reader = await world.connect(url);
      await reader.query('BEGIN; SELECT FROM t LIMIT 1');
      const ran = await runFolder(url, world.folder({ '0001_vacuum.sql': 'VACUUM FULL t' }), {
        on: (event) => {
          if (event.kind === 'trying again') void reader.query('COMMIT');
        },
      });
      expect(ran).toMatchObject({ exit: 0, findings: [] });
      expect(ran.events.find((event) => event.kind === 'trying again')).toMatchObject({
        blockers: [{ pid: reader.pid }],
      });
      expect(await journal(session)).toEqual(['0 done 2']);
    });

    test('VALIDATE CONSTRAINT waits for a lock as long as it takes, since it blocks nobody', async () => {
      const { url, session } = await table();
      await session.query('ALTER TABLE t ADD CONSTRAINT positive CHECK (a > 0) NOT VALID');
      const other = await world.connect(url);
      await other.query('BEGIN; LOCK TABLE t IN SHARE UPDATE EXCLUSIVE MODE');
      const waits = runFolder(
        url,
        world.folder({ '0001_check.sql': `${apart}ALTER TABLE t VALIDATE CONSTRAINT positive` }),
        { waitSeconds: 0.1 },
      );
      await until(
        async () =>
          (
            await column(
              session,
              "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND now() - query_start > interval '0.5 s'",
            )
          ).length === 1,
        'it has waited longer than any time-out',
      );
      await other.query('COMMIT');
      expect(await waits).toMatchObject({ exit: 0, findings: [] });
      expect(
        await column(session, "SELECT convalidated FROM pg_constraint WHERE conname = 'positive'"),
      ).toEqual([true]);
    });
  },
  [14, 18],
);
