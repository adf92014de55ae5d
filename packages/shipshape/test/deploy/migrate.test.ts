// The act behind `migrate`: promises of the snapshot, and a history that is built upon or not.
import { once } from 'node:events';
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { dryRun } from '../../src/deploy/dry-run.ts';
import { type MigrateOptions, migrateDatabase } from '../../src/deploy/migrate.ts';
import type { RunEvent, RunResult } from '../../src/migrate/run-order.ts';
import { parseTarget } from '../../src/postgres/parse-target.ts';
import { useProxies } from '../migrate/proxy.ts';
import { column, ledgerIds, useWorld } from '../migrate/world.ts';
import { writeSnapshotOf } from './snapshots.ts';

const world = useWorld();
const through = useProxies();

type Files = Readonly<Record<string, string>>;

/** A folder with its snapshot. */
async function released(files: Files): Promise<{ folder: string; snapshotFile: string }> {
  const folder = world.folder(files);
  const { session } = await world.database();
  return { folder, snapshotFile: await writeSnapshotOf(folder, session) };
}

async function migrate(
  url: string,
  release: { folder: string; snapshotFile: string },
  changes: Partial<MigrateOptions> = {},
): Promise<RunResult & { readonly verified: readonly boolean[] }> {
  const verified: boolean[] = [];
  const on = (event: RunEvent) => {
    if (event.kind === 'applied') verified.push(event.verified);
  };
  const result = await migrateDatabase({ target: parseTarget(url, {}), ...release, on, ...changes });
  return { ...result, verified };
}

/** The same, with all that was sent to the server on the way. */
async function migrateWatched(url: string, release: { folder: string; snapshotFile: string }) {
  let sent = '';
  const watched = await through(url, {
    toServer(_, data) {
      sent += data.toString('latin1');
      return true;
    },
  });
  const ran = await migrate(watched, release);
  return { ran, sent };
}

const story = {
  '0050_baseline.sql': `CREATE TYPE direction AS ENUM ('inbound', 'outbound');
    CREATE TABLE call_log (id bigint PRIMARY KEY, direction direction NOT NULL, status text);`,
  '0051_call_log_cost_metrics.sql': `ALTER TABLE call_log
    ADD COLUMN IF NOT EXISTS recording_mode varchar(32),
    ADD COLUMN IF NOT EXISTS stream_connect_count integer DEFAULT 0;
    CREATE INDEX IF NOT EXISTS call_log_recent ON call_log (status, id DESC) WHERE status IS NOT NULL;`,
};

/** A database with 0050, and what somebody did to it by hand. */
async function at0050(byHand: string) {
  const { url, session } = await world.database();
  const release = await released(story);
  const old = world.folder({ '0050_baseline.sql': story['0050_baseline.sql'] });
  expect(await migrate(url, { ...release, folder: old })).toMatchObject({ exit: 0 });
  await session.query(byHand);
  return { url, session, release };
}

describe('what the snapshot promises', () => {
  test('is verified in the transaction of each file', async () => {
    const { url, session } = await world.database();
    const ran = await migrate(url, await released(story));
    expect(ran).toMatchObject({ exit: 0, findings: [], verified: [true, true] });
    expect(ran.applied[1]?.words).toEqual([
      'added call_log.recording_mode varchar(32)',
      'added call_log.stream_connect_count integer default 0',
      'created index call_log_recent on call_log (status, id desc), partial',
    ]);
    expect(await ledgerIds(session)).toEqual(['0050_baseline', '0051_call_log_cost_metrics']);
  });

  const many = {
    '0001_a.sql': 'CREATE TABLE IF NOT EXISTS a (id int)',
    '0002_b.sql': 'CREATE TABLE b (id int PRIMARY KEY)',
    '0003_x.sql': 'ALTER TABLE a ADD COLUMN IF NOT EXISTS x varchar(3)',
    '0004_kinds.sql': "CREATE TYPE kind AS ENUM ('one'); ALTER TABLE b ADD kind kind",
    '0005_c.sql': 'CREATE INDEX by_x ON a (x); CREATE TABLE c (id int REFERENCES b, CHECK (id > 0))',
    '0006_d.sql': 'CREATE TABLE d (id int)',
  };

  test('of many files is judged by the server itself, where the snapshot has a seal for it', async () => {
    const { url } = await world.database();
    const release = await released(many);
    const { ran, sent } = await migrateWatched(url, release);
    expect(ran).toMatchObject({
      exit: 0,
      findings: [],
      verified: [true, true, true, true, true, true],
    });
    expect(sent.match(/EXECUTE "shipshape:seal"/g)).toHaveLength(5);
    // An enum is in no seal.
    expect(sent.match(/EXECUTE "shipshape:(?!seal|alike|fence|ledger)/g)).toHaveLength(1);
  });

  test('is told apart by who can tell where the server sees something else, and only a broken one stops the run', async () => {
    const { url, session } = await world.database();
    const release = await released(many);
    // What nobody has promised is no obstacle to the first file, and is one to the third.
    await session.query('CREATE TABLE a (id int, x int)');
    const ran = await migrate(url, release);
    expect(ran).toMatchObject({ exit: 6, failed: '0003_x', verified: [true, true] });
    expect(ran.findings).toMatchObject([
      {
        code: 'migration-promise-broken',
        aspect: 'type',
        declared: 'character varying(3)',
        found: 'integer',
      },
    ]);
    expect(await ledgerIds(session)).toEqual(['0001_a', '0002_b']);
    expect(await column(session, "SELECT to_regclass('c')::text")).toEqual([null]);
  });

  test('of a file alone is judged so too, and what nobody has promised is no obstacle to it', async () => {
    const { url, session } = await world.database();
    const release = await released({ '0001_a.sql': 'CREATE TABLE IF NOT EXISTS a (id int)' });
    const looksOf = async () => {
      const { ran, sent } = await migrateWatched(url, release);
      expect(ran).toMatchObject({ exit: 0, findings: [], verified: [true] });
      return [...new Set(sent.match(/(?<=EXECUTE "shipshape:)(?!alike|fence|ledger)\w+/g))];
    };
    expect(await looksOf()).toEqual(['seal']);
    await session.query('DELETE FROM shipshape.ledger; ALTER TABLE a ADD COLUMN more int');
    const [first, ...others] = await looksOf();
    expect(first).toBe('seal');
    expect(others).not.toEqual([]);
  });

  test('and goes on being verified where a file clears the session of what was prepared in it', async () => {
    const { url } = await world.database();
    const files = {
      '0001_a.sql': 'CREATE TABLE a (id int)',
      '0002_cleared.sql': 'CREATE TABLE b (id int); DEALLOCATE ALL',
      '0003_c.sql': 'CREATE SCHEMA other; CREATE TABLE other.c (id int); PREPARE mine AS SELECT 1',
      '0004_d.sql': 'CREATE TABLE d (id int); PREPARE mine AS SELECT 1',
    };
    const ran = await migrate(url, await released(files));
    expect(ran).toMatchObject({ exit: 0, findings: [], verified: [true, true, true, true] });
  });

  test('and is verified by the next attempt where the look had to wait for a lock too long', async () => {
    const { url, session } = await world.database();
    const table = "a (id int, word text DEFAULT 'x')";
    const release = await released({ '0001_a.sql': `CREATE TABLE IF NOT EXISTS ${table}` });
    // What is there already is not locked by the migration, but by somebody else.
    await session.query(`CREATE TABLE ${table}`);
    await session.query('BEGIN; LOCK TABLE a IN ACCESS EXCLUSIVE MODE');
    const freed: Promise<unknown>[] = [];
    const verified: boolean[] = [];
    const on = (event: RunEvent) => {
      if (event.kind === 'trying again') freed.push(session.query('ROLLBACK'));
      if (event.kind === 'applied') verified.push(event.verified);
    };
    expect(await migrate(url, release, { on })).toMatchObject({ exit: 0, findings: [] });
    await Promise.all(freed);
    expect([freed.length > 0, verified]).toEqual([true, [true]]);
  });

  test('and what is there already as it should be is no obstacle', async () => {
    const { url, release } = await at0050('ALTER TABLE call_log ADD recording_mode varchar(32)');
    const ran = await migrate(url, release);
    expect(ran).toMatchObject({ exit: 0, findings: [], verified: [true] });
    expect(ran.applied[0]?.words[0]).toBe('call_log.recording_mode was already there');
  });

  test('ADD COLUMN IF NOT EXISTS over a column of another type is refused, exit 6, and the way out works', async () => {
    const { url, session, release } = await at0050(
      "ALTER TABLE call_log ADD recording_mode integer; INSERT INTO call_log VALUES (1, 'inbound', 'x', 7)",
    );
    const ran = await migrate(url, release);
    expect(ran).toMatchObject({
      exit: 6,
      applied: [],
      failed: '0051_call_log_cost_metrics',
      left: ['0051_call_log_cost_metrics'],
    });
    expect(ran.findings).toEqual([
      {
        code: 'migration-promise-broken',
        severity: 'error',
        exit: 6,
        address: { kind: 'column', schema: 'public', table: 'call_log', name: 'recording_mode' },
        aspect: 'type',
        declared: 'character varying(32)',
        found: 'integer',
        migration: '0051_call_log_cost_metrics',
        what: '0051_call_log_cost_metrics ran, and call_log.recording_mode has the type integer instead of character varying(32)',
        because:
          'IF NOT EXISTS, or a condition in the file, kept what was there before; the whole file was rolled back',
        do: 'ALTER TABLE call_log ALTER COLUMN recording_mode TYPE character varying(32);\nnpx shipshape migrate',
      },
    ]);
    const columns = `SELECT attname FROM pg_attribute WHERE attrelid = 'call_log'::regclass AND attnum > 0 ORDER BY attnum`;
    expect(await column(session, columns)).toEqual(['id', 'direction', 'status', 'recording_mode']);
    expect(await ledgerIds(session)).toEqual(['0050_baseline']);

    await session.query(ran.findings[0]?.do.split('\n')[0] ?? '');
    expect(await migrate(url, release)).toMatchObject({ exit: 0, findings: [] });
    expect(await column(session, 'SELECT recording_mode FROM call_log')).toEqual(['7']);
  });

  test.each([
    [
      'a default',
      'ALTER TABLE call_log ADD stream_connect_count integer',
      'call_log.stream_connect_count has the default none instead of 0',
    ],
    [
      'nullability',
      'ALTER TABLE call_log ADD stream_connect_count integer NOT NULL DEFAULT 0',
      'call_log.stream_connect_count has the nullability not null instead of null',
    ],
    [
      'an index',
      'CREATE INDEX call_log_recent ON call_log (status, id) WHERE status IS NOT NULL',
      'index call_log.call_log_recent has the keys status, id instead of status, id desc',
    ],
  ])('%s that IF NOT EXISTS kept is refused', async (_what, byHand, told) => {
    const { url, session, release } = await at0050(byHand);
    const ran = await migrate(url, release);
    expect(ran.findings.map(({ what }) => what)).toEqual([`0051_call_log_cost_metrics ran, and ${told}`]);
    expect(ran.exit).toBe(6);
    expect(await ledgerIds(session)).toEqual(['0050_baseline']);
  });

  test('a thing, an enum or a label that a condition in the file left out is refused', async () => {
    const unless = (name: string, sql: string) =>
      `DO $$ BEGIN IF to_regclass('skip_it') IS NULL THEN ${sql}; END IF; END $$; -- ${name}`;
    const release = await released({
      '0001_base.sql': "CREATE TYPE mood AS ENUM ('sad'); CREATE TABLE a (id int)",
      '0002_conditions.sql': [
        unless('column', 'ALTER TABLE a ADD b int'),
        unless('key', 'ALTER TABLE a ADD CONSTRAINT a_key UNIQUE (id)'),
        unless('check', 'ALTER TABLE a ADD CONSTRAINT a_check CHECK (id > 0)'),
        unless('label', "ALTER TYPE mood ADD VALUE 'glad'"),
        unless('enum', "CREATE TYPE colour AS ENUM ('red')"),
        unless('table', 'CREATE TABLE c (id int PRIMARY KEY)'),
      ].join('\n'),
    });
    const { url, session } = await world.database();
    await session.query('CREATE TABLE skip_it ()');
    const ran = await migrate(url, release);
    expect(ran).toMatchObject({ exit: 6, failed: '0002_conditions', verified: [true] });
    expect(ran.findings.map(({ what }) => what.replace('0002_conditions ran, and ', '')).sort()).toEqual([
      'a.b is not there',
      'check a.a_check is not there',
      'enum colour is not there',
      "enum mood has the labels 'sad' instead of 'glad', 'sad'",
      'table c is not there',
      'unique key a.a_key is not there',
    ]);
    expect(await ledgerIds(session)).toEqual(['0001_base']);
  });

  test('a file answers only for what is its own in the end', async () => {
    const { url } = await world.database();
    const release = await released({
      '0001_first.sql': `CREATE SCHEMA audit; CREATE TABLE audit.entry (id int, note varchar(10) DEFAULT 'x', gone text);
        CREATE TABLE old (id int PRIMARY KEY, at timestamp); CREATE INDEX entry_note ON audit.entry (note);
        ALTER TABLE old ADD CONSTRAINT positive CHECK (id > 0) NOT VALID; CREATE TYPE mood AS ENUM ('sad');`,
      '0002_changes.sql': `ALTER TABLE audit.entry ALTER note TYPE text, ALTER note DROP DEFAULT, ALTER id SET NOT NULL, DROP gone;
        ALTER TABLE audit.entry RENAME note TO remark; ALTER TABLE old RENAME TO new; ALTER TABLE new VALIDATE CONSTRAINT positive;`,
      '0003_labels.sql': "ALTER TYPE mood ADD VALUE 'glad'; ALTER TABLE new RENAME COLUMN at TO made_at;",
      '0004_moves.sql':
        'ALTER TABLE new SET SCHEMA audit; ALTER TYPE mood RENAME TO feeling; DROP INDEX audit.entry_note;',
    });
    expect(await migrate(url, release)).toMatchObject({
      exit: 0,
      findings: [],
      verified: [true, true, true, true],
    });
  });

  const cases = join(import.meta.dirname, '../migrate/cases');
  test.each(readdirSync(cases))('is kept on an empty database: %s', async (name) => {
    const read = (file: string) => readFileSync(join(cases, name, file), 'utf8');
    const { url } = await world.database();
    const release = await released({ '0001_before.sql': read('before.sql'), '0002_up.sql': read('up.sql') });
    expect(await migrate(url, release)).toMatchObject({ exit: 0, findings: [], verified: [true, true] });
  });

  test('the session path of a role does not change what is compared', async () => {
    const { url, session } = await world.database();
    const release = await released({
      '0001_first.sql': `CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('sad');
        CREATE TABLE app.a (m app.mood DEFAULT 'sad'); CREATE TABLE app.b (m app.mood[])`,
    });
    await session.query(
      'CREATE ROLE pathed SUPERUSER LOGIN; ALTER ROLE pathed SET search_path = app, public',
    );
    expect(await migrate(url.replace('postgres@', 'pathed@'), release)).toMatchObject({
      exit: 0,
      verified: [true],
    });
  });
});

describe('a snapshot that is not there, or of another state', () => {
  test('missing: applied unverified, and said once', async () => {
    const { url, session } = await world.database();
    const folder = world.folder(story);
    const ran = await migrate(url, { folder, snapshotFile: join(folder, 'shipshape.snapshot.json') });
    expect(ran).toMatchObject({
      exit: 0,
      verified: [false, false],
      findings: [{ code: 'snapshot-missing', severity: 'warning' }],
    });
    expect(await ledgerIds(session)).toHaveLength(2);
  });

  test('stale: from the first file that it does not know as it is, files are applied unverified', async () => {
    const { url } = await world.database();
    const release = await released({ ...story, '0052_edited.sql': 'CREATE TABLE b (id int)' });
    writeFileSync(join(release.folder, '0052_edited.sql'), 'CREATE TABLE b (id bigint)');
    writeFileSync(join(release.folder, '0053_new.sql'), 'CREATE TABLE c (id int)');
    const ran = await migrate(url, release);
    expect(ran).toMatchObject({ exit: 0, verified: [true, true, false, false] });
    expect(
      ran.findings.map(({ code, severity, what }) => [code, severity, what.replace(/^.*: /, '')]),
    ).toEqual([
      ['snapshot-stale', 'warning', '0052_edited was edited since'],
      ['snapshot-stale', 'warning', 'it does not know 0053_new; 0052_edited was edited since'],
    ]);
  });

  test('unreadable: nothing is applied; with nothing pending nobody asks it', async () => {
    const { url, session } = await world.database();
    const release = await released(story);
    const whole = readFileSync(release.snapshotFile, 'utf8');
    writeFileSync(release.snapshotFile, `<<<<<<< HEAD\n${whole}`);
    expect(await migrate(url, release)).toMatchObject({
      exit: 2,
      applied: [],
      findings: [{ code: 'snapshot-unreadable' }],
    });
    expect(await column(session, "SELECT to_regnamespace('shipshape')::text")).toEqual([null]);
    writeFileSync(release.snapshotFile, whole);
    await migrate(url, release);
    writeFileSync(release.snapshotFile, '');
    expect(await migrate(url, release)).toMatchObject({ exit: 0, applied: [], findings: [] });
  });
});

test('a folder that is not there is told at once, also of a server that never answers', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  try {
    const release = { folder: join(tmpdir(), 'nowhere'), snapshotFile: join(tmpdir(), 'nowhere.json') };
    const told = await migrate(`postgres://u@127.0.0.1:${port}/d?connect_timeout=600`, release).catch(
      (error: unknown) => error,
    );
    expect(told).toMatchObject({ findings: [{ code: 'folder-missing' }] });
  } finally {
    for (const socket of sockets) socket.destroy();
    silent.close();
  }
});

describe('a history that disagrees', () => {
  const three = {
    '0001_a.sql': 'CREATE TABLE a ()',
    '0002_b.sql': 'CREATE TABLE b ()',
    '0003_c.sql': 'CREATE TABLE c ()',
  };

  async function applied(files: Files) {
    const { url, session } = await world.database();
    const release = await released(files);
    await migrate(url, release);
    return { url, session, ...release };
  }

  async function refused(url: string, folder: string, code: string): Promise<void> {
    const release = { folder, snapshotFile: join(folder, 'shipshape.snapshot.json') };
    expect(await migrate(url, release)).toMatchObject({ exit: 3, applied: [] });
    const ran = await migrate(url, release);
    expect(ran.findings.filter((each) => each.severity === 'error').map((each) => each.code)).toEqual([code]);
    const dry = await dryRun({ target: parseTarget(url, {}), folder });
    expect(dry.exit).toBe(3);
    expect(dry.findings.map((each) => each.code)).toEqual([code]);
  }

  test('an edited file: refused, also when something is pending, and nothing is applied', async () => {
    const { url, session, folder } = await applied({ '0001_a.sql': three['0001_a.sql'] });
    writeFileSync(join(folder, '0001_a.sql'), 'CREATE TABLE a (id int)');
    await refused(url, folder, 'history-edited');
    writeFileSync(join(folder, '0002_b.sql'), three['0002_b.sql']);
    await refused(url, folder, 'history-edited');
    expect(await ledgerIds(session)).toEqual(['0001_a']);
    expect(await column(session, "SELECT to_regclass('b')::text")).toEqual([null]);
  });

  test('a missing file: refused', async () => {
    const { url, folder } = await applied(three);
    rmSync(join(folder, '0002_b.sql'));
    await refused(url, folder, 'history-missing');
  });

  test('a renamed file is a missing one', async () => {
    const { url, folder } = await applied(three);
    renameSync(join(folder, '0001_a.sql'), join(folder, '0001_other.sql'));
    const ran = await migrate(url, { folder, snapshotFile: join(folder, 'shipshape.snapshot.json') });
    expect(ran).toMatchObject({ exit: 3, applied: [] });
    expect(ran.findings.map((each) => each.code)).toContain('history-missing');
  });

  test('an older file that comes late: refused', async () => {
    const { url, session, folder } = await applied({
      '0001_a.sql': three['0001_a.sql'],
      '0003_c.sql': three['0003_c.sql'],
    });
    writeFileSync(join(folder, '0002_b.sql'), three['0002_b.sql']);
    await refused(url, folder, 'history-skipped');
    const dry = await dryRun({ target: parseTarget(url, {}), folder });
    expect(dry.findings[0]?.do).toBe(
      'give 0002_b the next free number, so that it comes after what is applied: git mv 0002_b.sql …; or npx shipshape migrate --allow-out-of-order, where the two do not touch each other',
    );
    expect(await ledgerIds(session)).toEqual(['0001_a', '0003_c']);
  });

  test('a database ahead of the folder, as in every rolling deploy, is no refusal', async () => {
    const { url, folder } = await applied(three);
    rmSync(join(folder, '0003_c.sql'));
    const ran = await migrate(url, { folder, snapshotFile: join(folder, 'shipshape.snapshot.json') });
    expect(ran).toMatchObject({
      exit: 0,
      applied: [],
      findings: [{ code: 'database-ahead', severity: 'note' }],
    });
  });
});

describe('a dry run', () => {
  test('says what would be done and does nothing', async () => {
    const { url, session } = await world.database();
    const { folder } = await released(story);
    const dry = await dryRun({ target: parseTarget(url, {}), folder });
    const oneTransaction = { by: 'each file', rows: null, steps: 0, command: null };
    const noLock = { lock: null, whoWaits: null, done: false };
    expect(dry).toEqual({
      exit: 0,
      findings: [],
      pending: [
        {
          id: '0050_baseline',
          file: join(folder, '0050_baseline.sql'),
          ...oneTransaction,
          statements: [
            { line: 1, words: ['create enum direction (inbound, outbound)'], ...noLock },
            { line: 2, words: ['create table call_log with 3 columns'], ...noLock },
          ],
        },
        {
          id: '0051_call_log_cost_metrics',
          file: join(folder, '0051_call_log_cost_metrics.sql'),
          ...oneTransaction,
          statements: [
            {
              line: 1,
              words: [
                'add call_log.recording_mode varchar(32) unless it is there',
                'add call_log.stream_connect_count integer default 0 unless it is there',
              ],
              lock: 'ACCESS EXCLUSIVE',
              whoWaits: 'readers and writers wait',
              done: false,
            },
            {
              line: 4,
              words: [
                'create index call_log_recent on call_log (status, id desc), partial unless it is there',
              ],
              lock: 'SHARE',
              whoWaits: 'writers wait',
              done: false,
            },
          ],
        },
      ],
    });
    expect(await column(session, "SELECT nspname FROM pg_namespace WHERE nspname IN ('shipshape')")).toEqual(
      [],
    );
    expect(await column(session, "SELECT to_regclass('call_log')::text")).toEqual([null]);
  });

  test('of steps that did not make what they make elsewhere keeps the steps, and not the ledger', async () => {
    const { url, session } = await world.database();
    const release = await released({
      '0001_t.sql': 'CREATE TABLE t (id int PRIMARY KEY)',
      '0002_steps.sql':
        '-- shipshape: no-transaction\nALTER TABLE t ADD COLUMN IF NOT EXISTS m bigint; CREATE INDEX CONCURRENTLY by_m ON t (m)',
    });
    await migrate(url, release, { to: '0001_t' });
    await session.query('ALTER TABLE t ADD COLUMN m int');
    const ran = await migrate(url, release);
    expect(ran).toMatchObject({
      exit: 6,
      left: ['0002_steps'],
      findings: [{ code: 'migration-promise-broken' }],
    });
    expect(ran.findings[0]?.because).toContain('its steps are done and stay, and it is not in the ledger');
    const [sql] = ran.findings[0]?.do.split('\n') ?? [];
    await session.query(sql ?? '');
    expect(await migrate(url, release)).toMatchObject({ exit: 0, findings: [], verified: [true] });
  });

  test('knows of steps that are done, and about how many rows a backfill goes through', async () => {
    const { url, session } = await world.database();
    const target = parseTarget(url, {});
    const folder = world.folder({
      '0001_t.sql':
        'CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t SELECT generate_series(1, 3000)',
      '0002_steps.sql':
        '-- shipshape: no-transaction\nSET work_mem = 1024; ALTER TABLE t ADD COLUMN m int; DROP TABLE gone',
      '0003_fill.sql':
        '-- shipshape: backfill table=t key=id\nUPDATE t SET n = 0 WHERE id BETWEEN $1 AND $2 AND n IS NULL',
    });
    const pending = async () => (await dryRun({ target, folder })).pending;
    expect((await pending()).map(({ by, rows, steps }) => [by, rows, steps])).toEqual([
      ['each file', null, 0],
      ['each statement', null, 2],
      ['each batch', null, 0],
    ]);
    await migrate(url, { folder, snapshotFile: join(folder, 'none.json') });
    await session.query('ANALYZE t');
    const left = await pending();
    expect(left.map(({ id, rows }) => [id, rows])).toEqual([
      ['0002_steps', null],
      ['0003_fill', 3000],
    ]);
    expect(left[0]?.statements.map(({ done }) => done)).toEqual([false, true, false]);
  });

  test('knows what is applied, and what would be refused', async () => {
    const { url } = await world.database();
    const release = await released(story);
    await migrate(url, release);
    const target = parseTarget(url, {});
    expect(await dryRun({ target, folder: release.folder })).toEqual({ exit: 0, findings: [], pending: [] });
    writeFileSync(join(release.folder, '0052_vacuum.sql'), 'SELECT 1; VACUUM');
    expect(await dryRun({ target, folder: release.folder })).toMatchObject({
      exit: 3,
      pending: [],
      findings: [{ code: 'migration-outside-transaction' }],
    });
    writeFileSync(join(release.folder, '0052_vacuum.sql'), 'VACUU');
    expect(await dryRun({ target, folder: release.folder })).toMatchObject({
      exit: 2,
      findings: [{ code: 'migration-syntax' }],
    });
  });
});
