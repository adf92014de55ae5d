// Ranges on the tenant's own clock, counted and read page by page without losing or repeating a call.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callLog } from '../../src/db/schema.ts';
import {
  countCalls,
  countCallsPerDay,
  readCallsPage,
  readLastSevenDays,
  resolveRange,
} from '../../src/store/calls-in-range.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';

let server: TestServer;
let database: TestDatabase;
let jerusalem: number;
let newYork: number;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  ({ businessId: jerusalem } = await makeTenant(database, { number: '+1', timezone: 'Asia/Jerusalem' }));
  ({ businessId: newYork } = await makeTenant(database, { number: '+2', timezone: 'America/New_York' }));
});
afterAll(() => server.stop());
beforeEach(async () => {
  await database.pool.query('truncate call_log cascade');
});

const add = (businessId: number, ...times: string[]) =>
  database.db
    .insert(callLog)
    .values(times.map((at, n) => ({ businessId, callSid: `CA${n}`, createdAt: new Date(at) })));

describe('a range', () => {
  test('of dates begins and ends at the tenant’s midnight, daylight saving included', async () => {
    const { db } = database;
    // Clocks went forward in the night to 27 March 2026.
    expect(await resolveRange(db, jerusalem, { local: '2026-03-26' }, { local: '2026-03-28' })).toEqual({
      from: new Date('2026-03-25T22:00:00Z'),
      to: new Date('2026-03-27T21:00:00Z'),
      timezone: 'Asia/Jerusalem',
    });
    expect(
      await resolveRange(db, newYork, { local: '2026-01-01' }, { local: '2026-01-01T12:30' }),
    ).toMatchObject({
      from: new Date('2026-01-01T05:00:00Z'),
      to: new Date('2026-01-01T17:30:00Z'),
    });
  });

  test('of instants is what was asked, whatever the tenant’s clock', async () => {
    const from = new Date('2026-01-01T00:00:00.001Z');
    const to = new Date('2026-01-02T00:00:00Z');
    expect(await resolveRange(database.db, newYork, { instant: from }, { instant: to })).toMatchObject({
      from,
      to,
    });
  });

  test('includes its beginning and excludes its end', async () => {
    await add(jerusalem, '2026-01-01T00:00:00Z', '2026-01-01T23:59:59.999Z', '2026-01-02T00:00:00Z');
    const range = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') };
    expect(await countCalls(database.db, jerusalem, range)).toBe(2);
    const { calls } = await readCallsPage(database.db, jerusalem, range, { limit: 10, after: null });
    expect(calls.map((call) => call.callSid)).toEqual(['CA1', 'CA0']);
  });

  test('holds only calls of the tenant', async () => {
    await add(jerusalem, '2026-01-01T12:00:00Z');
    await add(newYork, '2026-01-01T12:00:00Z', '2026-01-01T13:00:00Z');
    const range = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') };
    expect(await countCalls(database.db, jerusalem, range)).toBe(1);
    expect(
      (await readCallsPage(database.db, jerusalem, range, { limit: 9, after: null })).calls,
    ).toHaveLength(1);
  });

  test('without its business is refused', async () => {
    await expect(
      resolveRange(database.db, 999, { local: '2026-01-01' }, { local: '2026-01-02' }),
    ).rejects.toThrow(RangeError);
  });
});

describe('the last seven days', () => {
  test('are today and six before, from local midnight to local midnight', async () => {
    // 22:30 in UTC is already the next day in Jerusalem, and still the day in New York.
    const now = new Date('2026-03-29T22:30:00Z');
    expect(await readLastSevenDays(database.db, jerusalem, now)).toEqual({
      from: new Date('2026-03-23T22:00:00Z'),
      to: new Date('2026-03-30T21:00:00Z'),
      timezone: 'Asia/Jerusalem',
    });
    expect(await readLastSevenDays(database.db, newYork, now)).toMatchObject({
      from: new Date('2026-03-23T04:00:00Z'),
      to: new Date('2026-03-30T04:00:00Z'),
    });
  });

  test('are counted by local day, also the days without a call', async () => {
    const range = await readLastSevenDays(database.db, jerusalem, new Date('2026-03-29T12:00:00Z'));
    await add(
      jerusalem,
      '2026-03-22T21:59:59Z', // 22 March, 23:59:59: the day before
      '2026-03-22T22:00:00Z', // 23 March, 00:00
      '2026-03-26T23:30:00Z', // 27 March, 01:30, before the clocks went forward
      '2026-03-27T00:30:00Z', // 27 March, 03:30, after
      '2026-03-29T20:59:59Z', // 29 March, 23:59:59
      '2026-03-29T21:00:00Z', // 30 March
    );
    expect(await countCallsPerDay(database.db, jerusalem, range)).toEqual([
      { date: '2026-03-23', calls: 1 },
      { date: '2026-03-24', calls: 0 },
      { date: '2026-03-25', calls: 0 },
      { date: '2026-03-26', calls: 0 },
      { date: '2026-03-27', calls: 2 },
      { date: '2026-03-28', calls: 0 },
      { date: '2026-03-29', calls: 1 },
    ]);
  });
});

test('pages together are every call once, newest first, also when many came in the same microsecond', async () => {
  await database.pool.query(
    `insert into call_log (business_id, call_sid, created_at)
     select $1, 'CA' || n, timestamp '2026-01-01 12:00:00.000001' + (n / 4) * interval '1 microsecond'
       from generate_series(1, 50) n`,
    [jerusalem],
  );
  const range = { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2026-01-02T00:00:00Z') };
  const seen: string[] = [];
  let after: Awaited<ReturnType<typeof readCallsPage>>['end'] = null;
  do {
    const page = await readCallsPage(database.db, jerusalem, range, { limit: 7, after });
    seen.push(...page.calls.map((call) => call.callSid));
    after = page.end;
  } while (after !== null);
  const { rows } = await database.pool.query(
    'select call_sid from call_log order by created_at desc, id desc',
  );
  expect(seen).toEqual(rows.map((row) => row.call_sid));
});
