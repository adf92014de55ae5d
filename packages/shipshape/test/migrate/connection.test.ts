// What stands between us and the server: a lost answer to COMMIT, a pooler.
import { writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunOrder } from '../../src/migrate/run-order.ts';
import { type Meddling, useProxies } from './proxy.ts';
import { resultOf, startRunner } from './start-runner.ts';
import { column, ledgerIds, runFolder, until, useWorld } from './world.ts';

const world = useWorld();
const through = useProxies();

const files = {
  '0001_first.sql': 'CREATE TABLE a (id int)',
  '0002_next.sql': 'INSERT INTO a VALUES (2)',
  '0003_last.sql': 'INSERT INTO a VALUES (3)',
};

/** Nothing can be foreseen of them, so that the client sees each answer before it sends COMMIT. */
const each: Partial<RunOrder> = {
  ask: {
    mayApply: async () => [],
    getReady: async () => undefined,
    recall: () => null,
    promiseKept: async () => [],
    foresee: () => null,
  },
};

/** Whether these bytes are this COMMIT of the work's connection. The first makes the schema, the third ends the second file. */
function commitNumber(number: number): (application: string, data: Buffer) => boolean {
  let seen = 0;
  return (application, data) =>
    application.startsWith('shipshape:work:') &&
    data.toString('latin1').includes('COMMIT\0') &&
    ++seen === number;
}

/** This COMMIT arrives, and nobody hears of it: what is sent before it is answered before. `lost` counts. */
function losingAnswerTo(number: number): Meddling & { readonly lost: () => number } {
  const isIt = commitNumber(number);
  const awaited = new Set<Socket>();
  let lost = 0;
  return {
    lost: () => lost,
    toServer({ application, client }, data) {
      if (isIt(application, data)) awaited.add(client);
      return true;
    },
    toClient({ client }, data) {
      if (!awaited.has(client) || !data.toString('latin1').includes('COMMIT\0')) return data;
      awaited.delete(client);
      lost += 1;
      client.destroy();
      return Buffer.alloc(0);
    },
  };
}

test('a COMMIT whose answer was lost is settled by the ledger, and the run goes on', async () => {
  const { url, session } = await world.database();
  const lossy = await through(url, losingAnswerTo(3));
  const ran = await runFolder(lossy, world.folder(files), each);
  expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
  expect(ran.applied.map((each) => each.id)).toEqual(['0001_first', '0002_next', '0003_last']);
  expect(ran.events.filter((event) => event.kind === 'commit settled')).toEqual([
    { kind: 'commit settled', migration: '0002_next', applied: true },
  ]);
  expect(await ledgerIds(session)).toEqual(['0001_first', '0002_next', '0003_last']);
  expect(await column(session, 'SELECT id FROM a ORDER BY id')).toEqual([2, 3]);
});

const inParts = {
  '0001_steps.sql':
    '-- shipshape: no-transaction\nINSERT INTO a VALUES (1); CREATE INDEX CONCURRENTLY by_id ON a (id); INSERT INTO a VALUES (2)',
  '0002_fill.sql':
    '-- shipshape: backfill table=t key=id batch=10\nUPDATE t SET n = coalesce(n, 0) + 1 WHERE id BETWEEN $1 AND $2 AND n IS NULL',
};

// The first makes the schema, the last one ends the second pass of the backfill.
test.each(Array.from({ length: 13 }, (_, at) => at + 2))(
  'steps and batches are done once, whichever answer to COMMIT is lost: number %i',
  async (number) => {
    const { url, session } = await world.database();
    await session.query(
      'CREATE TABLE a (id int); CREATE TABLE t (id int PRIMARY KEY, n int); INSERT INTO t SELECT generate_series(1, 25)',
    );
    const losing = losingAnswerTo(number);
    const lossy = await through(url, losing);
    const ran = await runFolder(lossy, world.folder(inParts));
    expect(losing.lost()).toBe(1);
    expect(ran).toMatchObject({ exit: 0, findings: [], left: [] });
    expect(await column(session, 'SELECT id FROM a ORDER BY id')).toEqual([1, 2]);
    expect(await column(session, 'SELECT DISTINCT n FROM t')).toEqual([1]);
    expect(await ledgerIds(session)).toEqual(['0001_steps', '0002_fill']);
    expect(
      await column(session, "SELECT rows::int FROM shipshape.step WHERE migration = '0002_fill'"),
    ).toEqual([25]);
    expect(
      await column(session, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'by_id'::regclass"),
    ).toEqual([true]);
  },
);

test('a COMMIT that never arrived is settled too: rolled back, exit 6', async () => {
  const { url, session } = await world.database();
  const isOfSecondFile = commitNumber(3);
  const lossy = await through(url, {
    toServer({ application, client }, data) {
      if (!isOfSecondFile(application, data)) return true;
      client.destroy();
      return false;
    },
  });
  const ran = await runFolder(lossy, world.folder(files), each);
  expect(ran).toMatchObject({ exit: 6, failed: '0002_next', left: ['0002_next', '0003_last'] });
  expect(ran.findings.map((each) => each.code)).toEqual(['migration-failed']);
  expect(ran.findings[0]?.what).toMatch(/^0002_next failed: the connection to .* was lost/);
  expect(ran.events.filter((event) => event.kind === 'commit settled')).toEqual([
    { kind: 'commit settled', migration: '0002_next', applied: false },
  ]);
  expect(await ledgerIds(session)).toEqual(['0001_first']);
});

test('what cannot be settled in time is said to be unknown: exit 6', async () => {
  const { url } = await world.database();
  const isOfSecondFile = commitNumber(3);
  let open = true;
  const lossy = await through(url, {
    accept: () => open,
    toServer({ application, client, server }, data) {
      if (!isOfSecondFile(application, data)) return true;
      open = false;
      server.write(data, () => client.destroy());
      return false;
    },
  });
  const ran = await runFolder(lossy, world.folder(files), { ...each, waitSeconds: 0.3 });
  expect(ran).toMatchObject({ exit: 6, failed: '0002_next', left: ['0002_next', '0003_last'] });
  expect(ran.findings.map((each) => each.code)).toEqual(['commit-unsettled']);
  expect(ran.findings[0]?.what).toMatch(/^whether 0002_next was committed is not known: .*cannot be reached/);
  expect(ran.findings[0]?.because).toMatch(/; applied and kept: 0001_first; not applied: 0003_last$/);
});

test('a connection that is cut in a statement is a failed migration', async () => {
  const { url, session } = await world.database();
  await runFolder(url, world.folder({ '0001_first.sql': files['0001_first.sql'] }));
  const lossy = await through(url, {
    toServer({ client }, data) {
      if (!data.toString('latin1').includes('VALUES (2)')) return true;
      client.destroy();
      return false;
    },
  });
  const ran = await runFolder(lossy, world.folder(files));
  expect(ran).toMatchObject({ exit: 6, failed: '0002_next', findings: [{ code: 'migration-failed' }] });
  expect(ran.findings[0]?.what).toMatch(/^0002_next failed: the connection to .* was lost: \w/);
  expect(ran.findings[0]?.do).toMatch(/^when the server answers again, npx shipshape migrate/);
  expect(await ledgerIds(session)).toEqual(['0001_first']);
});

test('a connection that is cut before a migration began is told as that: exit 4', async () => {
  const { url } = await world.database();
  const lossy = await through(url, {
    toServer({ client }, data) {
      if (!data.toString('latin1').includes('pg_advisory_xact_lock')) return true;
      client.destroy();
      return false;
    },
  });
  const ran = await runFolder(lossy, world.folder(files));
  expect(ran).toMatchObject({ exit: 4, failed: null, findings: [{ code: 'connection-lost' }] });
});

test('a second connection that is cut while the first is asked ends the run, and not the process: exit 4', async () => {
  const { url } = await world.database();
  const lossy = await through(url, {
    toServer({ application, client }, data) {
      if (application.startsWith('shipshape:beat:')) client.destroy();
      return !data.toString('latin1').includes('pg_stat_activity');
    },
  });
  const runner = startRunner(lossy, world.folder(files), { waitSeconds: 1 });
  expect(await runner.ended).toBe(4);
  expect(resultOf(runner)).toMatchObject({ exit: 4, applied: [], findings: [{ code: 'connection-lost' }] });
}, 20_000);

test('a heartbeat that gets no answer ends the work before the lease is over', async () => {
  const { url, session } = await world.database();
  let silent = false;
  const dumb = await through(url, {
    toServer: ({ application }) => !(silent && application.startsWith('shipshape:beat:')),
  });
  const slow = { ...files, '0002_next.sql': 'INSERT INTO a VALUES (2); SELECT pg_sleep(60)' };
  const ran = await runFolder(dumb, world.folder(slow), {
    leaseSeconds: 3,
    on: (event) => {
      if (event.kind === 'started' && event.migration === '0002_next') silent = true;
    },
  });
  expect(ran).toMatchObject({ exit: 6, failed: '0002_next', findings: [{ code: 'lease-lost' }] });
  expect(ran.findings[0]?.what).toMatch(/^this runner lost its lease: it was not renewed for 2(\.\d)? s$/);
  // The server finds its client gone within a second.
  await until(async () => {
    const left = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'shipshape:work:%'";
    return (await column(session, left)).length === 0;
  }, 'the backend is gone');
  expect(await ledgerIds(session)).toEqual(['0001_first']);
});

test('a network that swallows what is asked is given up, by one who waits too', async () => {
  const { url, session } = await world.database();
  const folder = world.folder(files);
  await runFolder(url, folder);
  writeFileSync(join(folder, '0004_more.sql'), 'SELECT 4');
  await session.query("UPDATE shipshape.lease SET expires_at = now() + interval '1 hour'");
  let waiting = false;
  const hole = await through(url, { toServer: () => !waiting });
  const ran = await runFolder(hole, folder, {
    waitSeconds: 1,
    on: (event) => {
      waiting ||= event.kind === 'waiting for runner';
    },
  });
  expect(ran).toMatchObject({ exit: 4, applied: [], findings: [{ code: 'connection-lost' }] });
  expect(ran.findings[0]?.because).toContain('the server did not answer within 5 s');
}, 20_000);
