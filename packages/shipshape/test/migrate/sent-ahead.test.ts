// A file that was sent behind the COMMIT of the one before: what becomes of it where that one does not come through.
import { expect, test } from 'vitest';
import { nothingPromised } from '../../src/migrate/nothing-promised.ts';
import { useProxies } from './proxy.ts';
import { column, ledgerIds, runFolder, useWorld } from './world.ts';

const world = useWorld();
const through = useProxies();

test('does not run when the entry of the one before was refused', async () => {
  const { url, session } = await world.database();
  await runFolder(url, world.folder({ '0001_first.sql': 'CREATE SEQUENCE drawn' }));
  // nextval is kept by no rollback: it tells that the file ran.
  const files = {
    '0001_first.sql': 'CREATE SEQUENCE drawn',
    '0002_refused.sql': 'CREATE TABLE b (id int)',
    '0003_behind.sql': "SELECT nextval('drawn')",
  };
  await session.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF NEW.id = '0002_refused' THEN RAISE 'not this one'; END IF; RETURN NEW;
    END $$;
    CREATE TRIGGER refuse BEFORE INSERT ON shipshape.ledger FOR EACH ROW EXECUTE FUNCTION refuse()`);
  // Its COMMIT is sent by itself, and rolls back; what is behind it finds no transaction that has failed.
  const ask = { mayApply: async () => [], ...nothingPromised, foresee: () => null };
  const refused = await runFolder(url, world.folder(files), { ask });
  expect(refused).toMatchObject({ exit: 6, failed: '0002_refused', left: ['0002_refused', '0003_behind'] });
  expect(refused.findings[0]?.what).toBe('0002_refused failed: not this one (P0001)');
  expect(await column(session, 'SELECT is_called FROM drawn')).toEqual([false]);
  expect(await ledgerIds(session)).toEqual(['0001_first']);
  await session.query('DROP TRIGGER refuse ON shipshape.ledger');
  expect(await runFolder(url, world.folder(files))).toMatchObject({ exit: 0, findings: [] });
  expect(await column(session, 'SELECT is_called FROM drawn')).toEqual([true]);
});

test('changes nothing when its BEGIN does not come through', async () => {
  const { url, session } = await world.database();
  let spoilt = 0;
  const lossy = await through(url, {
    // As a cancellation would that arrives at this very moment.
    toServer({ server }, data) {
      const text = data.toString('latin1');
      if (!text.includes('CREATE TABLE behind')) return true;
      spoilt += 1;
      // In one piece with the file before, whose BEGIN comes first.
      const at = text.lastIndexOf('BEGIN ISOLATION');
      server.write(Buffer.from(`${text.slice(0, at)}BEGAN${text.slice(at + 5)}`, 'latin1'));
      return false;
    },
  });
  const files = {
    '0001_first.sql': 'CREATE TABLE first (id int)',
    '0002_behind.sql': 'CREATE TABLE behind (id int); INSERT INTO first VALUES (1)',
  };
  const ran = await runFolder(lossy, world.folder(files));
  expect(spoilt).toBe(1);
  expect(ran).toMatchObject({ exit: 6, failed: '0002_behind' });
  expect(ran.findings[0]?.what).toBe('0002_behind failed: syntax error at or near "BEGAN" (42601)');
  expect(await column(session, 'SELECT id FROM first')).toEqual([]);
  expect(await column(session, "SELECT to_regclass('behind')::text")).toEqual([null]);
  expect(await ledgerIds(session)).toEqual(['0001_first']);
});

test('is rolled back, and its statement cancelled, when the run is interrupted before its turn', async () => {
  const { url, session } = await world.database();
  const controller = new AbortController();
  const files = {
    '0001_first.sql': 'CREATE TABLE first (id int)',
    '0002_behind.sql': 'INSERT INTO first VALUES (1); SELECT pg_sleep(60)',
  };
  const ran = await runFolder(url, world.folder(files), {
    signal: controller.signal,
    on: (event) => {
      if (event.kind === 'applied') controller.abort();
    },
  });
  expect(ran).toMatchObject({ exit: 6, failed: '0002_behind' });
  expect(ran.findings.map(({ code }) => code)).toEqual(['migration-interrupted']);
  expect(ran.events.map(({ kind }) => kind)).toEqual(['started', 'statement', 'applied', 'started']);
  expect(await column(session, 'SELECT id FROM first')).toEqual([]);
  expect(await ledgerIds(session)).toEqual(['0001_first']);
  const ours =
    "SELECT 1 FROM pg_stat_activity WHERE application_name LIKE 'shipshape:%' AND datname = current_database()";
  expect(await column(session, ours)).toEqual([]);
});

test('that fails is told as itself, with its own line, and the one before as applied', async () => {
  const { url, session } = await world.database();
  const files = {
    '0001_first.sql': 'CREATE TABLE first (id int)',
    '0002_behind.sql': 'INSERT INTO first VALUES (1);\n\nSELECT 1 / 0;\nSELECT nowhere();',
    '0003_never.sql': 'CREATE TABLE never (id int)',
  };
  const ran = await runFolder(url, world.folder(files));
  expect(ran).toMatchObject({ exit: 6, failed: '0002_behind', applied: [{ id: '0001_first' }] });
  expect(ran.findings[0]).toMatchObject({
    what: '0002_behind failed: division by zero (22012)',
    origin: { line: 3 },
  });
  expect(await ledgerIds(session)).toEqual(['0001_first']);
});

test('has our own statements prepared, and nothing that the one before left or cleared', async () => {
  const { url, session } = await world.database();
  const files = {
    '0001_clears.sql': 'CREATE TABLE a (id int); DEALLOCATE ALL',
    '0002_prepares.sql': 'PREPARE mine AS SELECT 1',
    '0003_prepares.sql': 'PREPARE mine AS SELECT 2; EXECUTE mine',
    '0004_looks.sql':
      'CREATE TABLE seen AS SELECT name, name LIKE $$shipshape:%$$ AS ours FROM pg_prepared_statements',
  };
  expect(await runFolder(url, world.folder(files))).toMatchObject({ exit: 0, findings: [] });
  expect(await column(session, 'SELECT DISTINCT ours FROM seen')).toEqual([true]);
  expect(await ledgerIds(session)).toEqual(Object.keys(files).map((name) => name.replace('.sql', '')));
});
