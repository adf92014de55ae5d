// Times are UTC in both directions whatever TZ the process and the session have; faults are told without values.
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabase } from '../../src/db/client.ts';
import { describeFault } from '../../src/db/describe-fault.ts';
import { callLog, lead } from '../../src/db/schema.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';

let server: TestServer;
let database: TestDatabase;
let businessId: number;
const TZ = process.env.TZ;

beforeAll(async () => {
  // The session's zone is wrong on purpose, and so is the process's, for everything in this file.
  server = await startTestServer({ timezone: 'America/New_York' });
  process.env.TZ = 'Asia/Jerusalem';
  database = await server.makeDatabase();
  ({ businessId } = await makeTenant(database, { number: '+15005550006' }));
});
afterAll(async () => {
  if (TZ === undefined) delete process.env.TZ;
  else process.env.TZ = TZ;
  await server.stop();
});

/** In Jerusalem this quarter of an hour did not exist: clocks went from 02:00 to 03:00. */
const moment = new Date('2026-03-27T02:15:00.123Z');

describe('a time', () => {
  test('is written and read as UTC through Drizzle', async () => {
    expect(new Date(2026, 0, 1).toISOString()).toBe('2025-12-31T22:00:00.000Z');
    const [row] = await database.db
      .insert(callLog)
      .values({ businessId, callSid: 'CA1', streamStartedAt: moment })
      .returning();
    expect(row?.streamStartedAt).toEqual(moment);
    const { rows } = await database.pool.query('select stream_started_at::text as text from call_log');
    expect(rows).toEqual([{ text: '2026-03-27 02:15:00.123' }]);
  });

  test('is written and read as UTC through the pool', async () => {
    const { rows } = await database.pool.query(
      'select $1::timestamp as at, $1::timestamp::text as text, $2::timestamptz = $3::timestamptz as same',
      [moment, moment, moment.toISOString()],
    );
    expect(rows).toEqual([{ at: moment, text: '2026-03-27 02:15:00.123', same: true }]);
  });

  test('that the database gives by default is UTC', async () => {
    await database.db.insert(callLog).values({ businessId, callSid: 'CA2' });
    const [row] = await database.db.select().from(callLog).where(sql`call_sid = 'CA2'`);
    expect(Math.abs(row!.createdAt.getTime() - Date.now())).toBeLessThan(60_000);
  });
});

test('no statement is prepared by name, so that a changed table cannot break a running release', async () => {
  const client = await database.pool.connect();
  try {
    const before = await client.query('select * from call_log limit 0');
    await database.pool.query('alter table call_log add column added_while_serving integer');
    const after = await client.query('select * from call_log limit 0');
    expect(after.fields).toHaveLength(before.fields.length + 1);
    await database.db.select().from(callLog);
    const { rows } = await client.query('select name from pg_prepared_statements');
    expect(rows).toEqual([]);
  } finally {
    client.release();
    await database.pool.query('alter table call_log drop column added_while_serving');
  }
});

describe('a fault', () => {
  const faultOf = (work: Promise<unknown>) =>
    work.then(
      () => null,
      (error: unknown) => describeFault(error),
    );

  test('of the schema names the column or table, and its SQLSTATE', async () => {
    const { db } = database;
    expect(await faultOf(db.execute(sql`select nowhere from call_log where call_sid = ${'secret'}`))).toEqual(
      {
        kind: 'schema',
        code: '42703',
        detail: 'column "nowhere" does not exist',
      },
    );
    expect(await faultOf(db.execute(sql`select 1 from nowhere`))).toMatchObject({
      kind: 'schema',
      code: '42P01',
    });
  });

  test('of a value names the constraint and never the value', async () => {
    const values = { businessId, phoneNumber: '+972501234567' };
    await database.db.insert(lead).values(values);
    const fault = await faultOf(database.db.insert(lead).values(values));
    expect(fault).toEqual({ kind: 'other', code: '23505', detail: 'lead_phone_number_key' });
    expect(
      await faultOf(database.db.execute(sql`select ${'+972501234567'}::integer + 'x'::integer`)),
    ).toEqual({
      kind: 'other',
      code: '22P02',
      detail: null,
    });
  });

  test('of the connection is told apart', async () => {
    const nobody = openDatabase('postgres://postgres@127.0.0.1:1/calls', () => undefined);
    expect(await faultOf(nobody.db.execute(sql`select 1`))).toEqual({
      kind: 'unreachable',
      code: 'ECONNREFUSED',
      detail: null,
    });
    await nobody.close();
    expect(
      await faultOf(database.db.execute(sql`select pg_terminate_backend(pg_backend_pid())`)),
    ).toMatchObject({
      kind: 'unreachable',
    });
  });

  test('that is not of the database is none', () => {
    expect(describeFault(new TypeError('x'))).toBeNull();
    expect(describeFault(Object.assign(new Error('x'), { code: 'EPERM' }))).toBeNull();
    expect(describeFault('x')).toBeNull();
  });
});
