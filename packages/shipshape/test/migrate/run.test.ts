// A run on a real server: one transaction a file, its row of the ledger in it, and what is said when it fails.
import { describe, expect, test } from 'vitest';
import { readMissingGrants } from '../../src/deploy/grants/missing-grants.ts';
import { readHistory } from '../../src/migrate/ledger.ts';
import { nothingPromised } from '../../src/migrate/nothing-promised.ts';
import { readFolder } from '../../src/migrate/read-folder.ts';
import { connect } from '../../src/postgres/connect.ts';
import { transaction } from '../../src/postgres/transaction.ts';
import { makeFinding, ShipshapeError } from '../../src/report/index.ts';
import { column, ledgerIds, runFolder, useWorld } from './world.ts';

const world = useWorld();

/** The GRANTs that its role lacks for migrating. */
async function printedByStatus(url: string): Promise<readonly string[]> {
  const session = await connect(url);
  try {
    const asked = { appRole: null, migrated: null, need: null, migrates: true, ownSchema: true };
    const grants = await readMissingGrants(session, { ...asked, foreignLedger: null });
    return grants.map(({ sql }) => sql);
  } finally {
    await session.close();
  }
}

const tables = `SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`;

describe('what is applied', () => {
  test('runs in order, and stands in the ledger with its checksum and token', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({
      '0001_first.sql': 'CREATE TABLE a (id int)',
      '0002_second.sql': 'ALTER TABLE a ADD COLUMN b int; INSERT INTO a VALUES (1, 2)',
    });
    const ran = await runFolder(url, folder);
    expect(ran).toMatchObject({ exit: 0, findings: [], left: [], failed: null });
    expect(ran.applied.map(({ id, words }) => [id, words])).toEqual([
      ['0001_first', ['created table a with 1 column']],
      ['0002_second', ['added a.b integer', 'inserted 1 row into a']],
    ]);
    const { migrations: files } = await readFolder(folder);
    const { rows } = await session.query(
      `SELECT id, checksum, token::int, runner, finished_at >= started_at AS "inOrder" FROM shipshape.ledger ORDER BY id`,
    );
    expect(rows).toEqual(
      files.map(({ id, checksum }) => ({
        id,
        checksum,
        token: 1,
        runner: expect.stringMatching(new RegExp(`^process ${process.pid} on .`)),
        inOrder: true,
      })),
    );
    // Both were written by one transaction, and so are kept or lost together.
    expect(
      await column(session, "SELECT l.xmin = a.xmin FROM shipshape.ledger l, a WHERE l.id = '0002_second'"),
    ).toEqual([true]);
  });

  test('is not applied again: nothing is written and no lock is taken', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({ '0001_first.sql': 'CREATE TABLE a (id int)' });
    await runFolder(url, folder);
    const lease = 'SELECT row(l.*, f.*)::text FROM shipshape.lease l, shipshape.fence f';
    const before = await column(session, lease);
    const again = await runFolder(url, folder);
    expect(again).toMatchObject({ exit: 0, applied: [], left: [], events: [] });
    expect(await column(session, lease)).toEqual(before);
  });

  test('with nothing pending an empty database is asked for nothing', async () => {
    const { url, session } = await world.database();
    const ran = await runFolder(url, world.folder({ '0001_first.sql': '' }), { migrations: [] });
    expect(ran).toMatchObject({ exit: 0, applied: [] });
    expect(await column(session, "SELECT to_regnamespace('shipshape')::text")).toEqual([null]);
  });

  test('what a file sets, and makes for the moment, is gone in the next file', async () => {
    const { url, session } = await world.database();
    await session.query('CREATE SCHEMA elsewhere; CREATE ROLE app; GRANT ALL ON SCHEMA public TO app');
    const folder = world.folder({
      '0001_leaks.sql': `
        SET search_path = elsewhere; SET lock_timeout = 0; SET statement_timeout = '1h'; SET ROLE app;
        SET shipshape.test = 'kept'; SET client_connection_check_interval = 0;
        CREATE TEMP TABLE passing (id int); PREPARE again AS SELECT 1; DECLARE held CURSOR WITH HOLD FOR SELECT 1;
        CREATE TABLE public.by_app (id int);`,
      '0002_looks.sql': `CREATE TABLE looked AS SELECT
        current_setting('search_path') AS path, current_setting('lock_timeout') AS lock,
        current_setting('statement_timeout') AS statement, current_user::text AS who,
        current_setting('shipshape.test', true) AS test,
        current_setting('client_connection_check_interval') AS checks, to_regclass('passing')::text AS temp,
        (SELECT count(*)::int FROM pg_prepared_statements WHERE name NOT LIKE 'shipshape:%') AS prepared, (SELECT count(*)::int FROM pg_cursors) AS cursors`,
    });
    const ran = await runFolder(url, folder);
    expect(ran.findings).toEqual([]);
    const { rows } = await session.query('SELECT * FROM public.looked');
    expect(rows).toEqual([
      {
        path: '"$user", public',
        lock: '200ms',
        statement: '0',
        who: 'postgres',
        test: '',
        checks: '1s',
        temp: null,
        prepared: 0,
        cursors: 0,
      },
    ]);
    expect(
      await column(session, "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'by_app'"),
    ).toEqual(['app']);
  });

  test("a role's own defaults do not get in the way", async () => {
    const { url, session } = await world.database();
    await session.query(`
      CREATE ROLE strict SUPERUSER LOGIN;
      ALTER ROLE strict SET default_transaction_read_only = on;
      ALTER ROLE strict SET default_transaction_isolation = 'serializable';
      ALTER ROLE strict SET statement_timeout = '50ms';
      ALTER ROLE strict SET transaction_timeout = '50ms';
      ALTER ROLE strict SET idle_session_timeout = '100ms';`);
    const folder = world.folder({
      '0001_slow.sql': `SELECT pg_sleep(0.4); CREATE TABLE a AS SELECT current_setting('transaction_isolation') AS isolation`,
      '0002_next.sql': 'CREATE TABLE b (id int)',
    });
    const ran = await runFolder(url.replace('postgres@', 'strict@'), folder);
    expect(ran.findings).toEqual([]);
    expect(await ledgerIds(session)).toEqual(['0001_slow', '0002_next']);
    // The fence is seen as it is only in this one.
    expect(await column(session, 'SELECT isolation FROM a')).toEqual(['read committed']);
  });

  test('a savepoint, a DO block and a call of nothing are fine', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({
      '0001_mixed.sql': `SAVEPOINT s; CREATE TABLE gone (id int); ROLLBACK TO s; RELEASE s;
        DO $$ BEGIN RAISE NOTICE 'at %', 1; CREATE TABLE a (id int); END $$;`,
      '0002_nothing.sql': '-- nothing yet',
    });
    const ran = await runFolder(url, folder);
    expect(ran.exit).toBe(0);
    expect(ran.events.flatMap((event) => (event.kind === 'statement' ? event.notices : []))).toEqual([
      'at 1',
    ]);
    expect(await column(session, tables)).toEqual(['a']);
    expect(await ledgerIds(session)).toEqual(['0001_mixed', '0002_nothing']);
  });
});

describe('a file that fails', () => {
  test('leaves neither its first statement nor a row of the ledger; what came before it stays', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({
      '0001_good.sql': 'CREATE TABLE a (id int)',
      '0002_bad.sql': `-- first
ALTER TABLE a ADD COLUMN b int;
ALTER TABLE a
  ADD COLUMN ö int,
  ADD COLUMN id int;`,
      '0003_never.sql': 'CREATE TABLE c (id int)',
    });
    const ran = await runFolder(url, folder);
    expect(ran).toMatchObject({ exit: 6, failed: '0002_bad', left: ['0002_bad', '0003_never'] });
    expect(ran.applied.map((each) => each.id)).toEqual(['0001_good']);
    expect(ran.findings).toEqual([
      {
        code: 'migration-failed',
        severity: 'error',
        exit: 6,
        migration: '0002_bad',
        origin: { file: `${folder}/0002_bad.sql`, line: 3 },
        what: '0002_bad failed: column "id" of relation "a" already exists (42701)',
        because:
          'the whole file was rolled back; applied and kept: 0001_good; not applied: 0002_bad, 0003_never',
        do: `correct ${folder}/0002_bad.sql:3 (it was not applied, so it may be edited), then npx shipshape migrate`,
      },
    ]);
    expect(
      await column(session, "SELECT attname FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum > 0"),
    ).toEqual(['id']);
    expect(await ledgerIds(session)).toEqual(['0001_good']);
    expect(await column(session, tables)).toEqual(['a']);
  });

  test('is told with the line that the server points at, counted in characters', async () => {
    const { url } = await world.database();
    const folder = world.folder({ '0001_bad.sql': `\nSELECT '${'ü😀'.repeat(50)}',\n  'ü',\n  nowhere\n;` });
    const ran = await runFolder(url, folder);
    expect(ran.findings.map(({ what, origin }) => [what, origin?.line])).toEqual([
      ['0001_bad failed: column "nowhere" does not exist (42703)', 4],
    ]);
  });

  test('is told with what the server adds, but without the values of rows', async () => {
    const { url, session } = await world.database();
    await session.query(
      "CREATE TABLE a (phone text); INSERT INTO a VALUES ('+972501234567'), ('+972501234567')",
    );
    const unique = await runFolder(
      url,
      world.folder({ '0001_unique.sql': 'CREATE UNIQUE INDEX a_phone ON a (phone)' }),
    );
    expect(unique.findings[0]?.what).toBe(
      '0001_unique failed: could not create unique index "a_phone"; Key (phone)=(…) is duplicated (23505)',
    );
    const cast = await runFolder(
      url,
      world.folder({ '0001_cast.sql': 'ALTER TABLE a ALTER phone TYPE bytea' }),
    );
    expect(cast.findings[0]?.what).toBe(
      '0001_cast failed: column "phone" cannot be cast automatically to type bytea; You might need to specify "USING phone::bytea" (42804)',
    );
    await session.query('CREATE TABLE b (phone text CHECK (length(phone) < 5))');
    const check = await runFolder(
      url,
      world.folder({ '0001_check.sql': "INSERT INTO b VALUES ('+972 (50) 1234567')" }),
    );
    expect(check.findings[0]?.what).toBe(
      '0001_check failed: new row for relation "b" violates check constraint "b_phone_check"; Failing row contains (…) (23514)',
    );
  });

  test('deferred constraints speak before anything can be judged', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({
      '0001_deferred.sql': `CREATE TABLE a (id int PRIMARY KEY);
        CREATE TABLE b (a_id int REFERENCES a DEFERRABLE INITIALLY DEFERRED);
        INSERT INTO b VALUES (1);`,
    });
    const seen: unknown[] = [];
    const ran = await runFolder(url, folder, {
      ask: {
        mayApply: async () => [],
        getReady: async () => undefined,
        recall: () => null,
        foresee: () => null,
        promiseKept: async ({ work }) => {
          await work.query('SELECT').catch((error: unknown) => seen.push(error));
          return [];
        },
      },
    });
    // in_failed_sql_transaction
    expect(seen).toMatchObject([{ sqlstate: '25P02' }]);
    expect(ran.findings.map(({ code, what }) => [code, what])).toEqual([
      [
        'migration-failed',
        '0001_deferred failed: insert or update on table "b" violates foreign key constraint "b_a_id_fkey"; Key (a_id)=(…) is not present in table "a" (23503)',
      ],
    ]);
    expect(await column(session, tables)).toEqual([]);
    expect(await ledgerIds(session)).toEqual([]);
  });

  test('a COMMIT hidden in a block ends nothing', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({
      '0001_hidden.sql': 'CREATE TABLE a (id int); DO $$ BEGIN COMMIT; END $$;',
    });
    const ran = await runFolder(url, folder);
    expect(ran).toMatchObject({ exit: 6, findings: [{ code: 'migration-failed' }] });
    expect(await column(session, tables)).toEqual([]);
  });

  test('a file that cannot be parsed, or may not run, stops all before anything runs', async () => {
    const { url, session } = await world.database();
    const syntax = world.folder({
      '0001_good.sql': 'CREATE TABLE a (id int)',
      '0002_bad.sql': 'CREATE TABL b',
    });
    expect(await runFolder(url, syntax)).toMatchObject({
      exit: 2,
      applied: [],
      left: ['0001_good', '0002_bad'],
      findings: [{ code: 'migration-syntax' }],
    });
    const commits = world.folder({ '0001_good.sql': 'CREATE TABLE a (id int)', '0002_bad.sql': 'COMMIT' });
    expect(await runFolder(url, commits)).toMatchObject({
      exit: 3,
      applied: [],
      findings: [{ code: 'migration-holds-transaction' }],
    });
    expect(await column(session, tables)).toEqual([]);
    expect(await column(session, "SELECT to_regnamespace('shipshape')::text")).toEqual([null]);
  });
});

describe('what is asked', () => {
  const broken = makeFinding('migration-promise-broken', {
    migration: '0001_first',
    subject: 'a.id',
    aspect: 'type',
    expected: 'bigint',
    found: 'integer',
    sql: [],
    inSteps: false,
  });
  const stale = makeFinding('snapshot-stale', {
    file: 'snapshot.json',
    reasons: ['it does not know 0001_first'],
  });

  test('a promise is judged in the transaction, and a broken one rolls it back', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({ '0001_first.sql': 'CREATE TABLE a (id int)', '0002_next.sql': '' });
    const seen: unknown[] = [];
    const ran = await runFolder(url, folder, {
      ask: {
        mayApply: async () => [],
        getReady: async () => undefined,
        recall: () => null,
        foresee: () => null,
        promiseKept: async ({ work: own }, { id }) => {
          const outside = await column(session, "SELECT to_regclass('a')::text");
          seen.push(id, ...(await column(own, "SELECT to_regclass('a')::text")), ...outside);
          return [broken];
        },
      },
    });
    expect(seen).toEqual(['0001_first', 'a', null]);
    expect(ran).toMatchObject({
      exit: 6,
      failed: '0001_first',
      left: ['0001_first', '0002_next'],
      findings: [broken],
    });
    expect(await column(session, tables)).toEqual([]);
    expect(await ledgerIds(session)).toEqual([]);
  });

  test('a warning lets it pass, and it is said once that the file was applied unverified', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({ '0001_first.sql': '', '0002_next.sql': '' });
    const ask = {
      mayApply: async () => [stale],
      getReady: async () => undefined,
      recall: () => null,
      foresee: () => null,
      promiseKept: async (_: unknown, { id }: { id: string }) => (id === '0001_first' ? [stale] : []),
    };
    const ran = await runFolder(url, folder, { ask });
    expect(ran).toMatchObject({ exit: 0, findings: [stale] });
    expect(ran.events.flatMap((event) => (event.kind === 'warning' ? [event.finding] : []))).toEqual([stale]);
    expect(ran.events.flatMap((event) => (event.kind === 'applied' ? [event.verified] : []))).toEqual([
      false,
      true,
    ]);
    expect(await ledgerIds(session)).toEqual(['0001_first', '0002_next']);
  });

  test('what may not be applied is refused with exit 3, whatever the finding means elsewhere', async () => {
    const { url, session } = await world.database();
    const edited = makeFinding('history-edited', { migration: '0000_old', appliedAt: 'then' });
    const ran = await runFolder(url, world.folder({ '0001_first.sql': 'CREATE TABLE a (id int)' }), {
      ask: { mayApply: async () => [edited], ...nothingPromised },
    });
    expect(ran).toMatchObject({ exit: 3, applied: [], left: ['0001_first'], findings: [edited] });
    expect(await column(session, tables)).toEqual([]);
  });

  test('it is asked again under the lock, of the history as it is then', async () => {
    const { url, session } = await world.database();
    const folder = world.folder({ '0001_first.sql': 'CREATE TABLE a (id int)' });
    const refusal = makeFinding('history-edited', { migration: '0000_other', appliedAt: 'then' });
    let asked = 0;
    const ran = await runFolder(url, folder, {
      ask: { mayApply: async () => (++asked === 1 ? [] : [refusal]), ...nothingPromised },
    });
    expect(ran).toMatchObject({ exit: 3, findings: [refusal] });
    expect(await column(session, tables)).toEqual([]);
    expect(await column(session, 'SELECT expires_at::text FROM shipshape.lease')).toEqual(['-infinity']);
  });
});

describe('the ledger', () => {
  test('is read by an ordinary role, in a transaction too, and its absence harms nothing', async () => {
    const { url, session } = await world.database();
    await session.query('CREATE ROLE reader LOGIN');
    const reader = await world.connect(url.replace('postgres@', 'reader@'));
    const folder = world.folder({ '0001_first.sql': '', '0002_next.sql': '' });
    const { migrations } = await readFolder(folder);
    const absent = await transaction(reader, { readOnly: true }, async () => {
      const history = await readHistory(reader, migrations);
      return [history, await column(reader, 'SELECT 1')];
    });
    expect(absent).toEqual([{ applied: [], pending: migrations, ledgerFound: false, foreign: null }, [1]]);

    await runFolder(url, folder, { migrations: migrations.slice(0, 1) });
    const error = await readHistory(reader, migrations).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ShipshapeError);
    expect(error).toMatchObject({
      exit: 4,
      findings: [
        {
          code: 'ledger-unreadable',
          what: 'reader may not read shipshape.ledger',
          do: 'GRANT USAGE ON SCHEMA shipshape TO reader; GRANT SELECT ON shipshape.ledger TO reader;',
        },
      ],
    });
    await session.query((error as ShipshapeError).findings[0]?.do ?? '');
    const history = await readHistory(reader, migrations);
    expect(history).toEqual({
      applied: [
        {
          id: '0001_first',
          checksum: migrations[0]?.checksum,
          appliedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
        },
      ],
      pending: migrations.slice(1),
      ledgerFound: true,
      foreign: null,
    });
    const [{ appliedAt } = { appliedAt: '' }] = history.applied;
    expect(Math.abs(Date.now() - Date.parse(appliedAt))).toBeLessThan(60_000);
  });

  test('a role that may not make it is told the GRANT, which helps', async () => {
    const { url, session } = await world.database();
    await session.query('CREATE ROLE builder LOGIN; GRANT CREATE ON SCHEMA public TO builder');
    const as = url.replace('postgres@', 'builder@');
    const folder = world.folder({ '0001_first.sql': 'CREATE TABLE a (id int)' });
    const refused = await runFolder(as, folder);
    expect(refused).toMatchObject({ exit: 4, applied: [], findings: [{ code: 'ledger-unusable' }] });
    await session.query(refused.findings[0]?.do.split(';')[0] ?? '');
    expect(await runFolder(as, folder)).toMatchObject({ exit: 0, findings: [] });

    await session.query('CREATE ROLE second LOGIN; GRANT CREATE ON SCHEMA public TO second');
    const more = world.folder({
      '0001_first.sql': 'CREATE TABLE a (id int)',
      '0002_next.sql': 'CREATE TABLE b (id int)',
    });
    const other = url.replace('postgres@', 'second@');
    await session.query(
      'GRANT USAGE ON SCHEMA shipshape TO second; GRANT SELECT ON shipshape.ledger TO second',
    );
    const again = await runFolder(other, more);
    expect(again).toMatchObject({ exit: 4, findings: [{ code: 'ledger-unusable' }] });
    expect(again.findings[0]?.do).toContain('as npx shipshape status prints it');
    for (const sql of await printedByStatus(other)) await session.query(sql);
    expect(await runFolder(other, more)).toMatchObject({ exit: 0, findings: [] });
  });

  test('tables of the migrations do not land among those of the ledger, and the way out works', async () => {
    const { url, session } = await world.database();
    await session.query('DROP ROLE IF EXISTS shipshape; CREATE ROLE shipshape LOGIN SUPERUSER');
    const own = url.replace('postgres://postgres@', 'postgres://shipshape@');
    const folder = world.folder({ '0001_first.sql': 'CREATE TABLE a (id int)' });
    const ran = await runFolder(own, folder);
    expect(ran).toMatchObject({ exit: 3, applied: [], findings: [{ code: 'ledger-schema-first' }] });
    await session.query(ran.findings[0]?.do ?? '');
    expect(await runFolder(own, folder)).toMatchObject({ exit: 0 });
    expect(await column(session, "SELECT to_regclass('public.a')::text")).toEqual(['a']);
  });

  test("somebody else's schema of that name is not written into", async () => {
    const { url, session } = await world.database();
    await session.query('CREATE SCHEMA shipshape; CREATE TABLE shipshape.ledger (title text)');
    const ran = await runFolder(url, world.folder({ '0001_first.sql': '' }));
    expect(ran).toMatchObject({ exit: 4, findings: [{ code: 'ledger-unusable' }] });
    expect(ran.findings[0]?.because).toContain('column "id" does not exist (42703)');
  });
});
