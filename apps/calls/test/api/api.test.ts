// The API over HTTP: who may ask, what may be asked, what is answered.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { callLog } from '../../src/db/schema.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';
import { callSid, completed, recording, sid, stream, voice } from '../support/events.ts';
import { type Service, startService } from '../support/service.ts';

const numbers = { From: '+972501234567', To: '+15005550006' };

let server: TestServer;
let database: TestDatabase;
let keyed: Service;
let open: Service;
let businessId: number;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  ({ businessId } = await makeTenant(database, { number: numbers.To }));
  const { businessId: other } = await makeTenant(database, { number: '+15005550007' });
  for (const [owner, key] of [
    [businessId, 'key-of-the-shop'],
    [other, 'key-of-the-other'],
  ] as const) {
    const hash = createHash('sha256').update(key).digest('hex');
    await database.pool.query('insert into api_key (business_id, name, key_hash) values ($1, $2, $3)', [
      owner,
      key,
      hash,
    ]);
  }
  keyed = await startService(database);
  open = await startService(database, { demoBusinessId: businessId });
  for (const telling of [
    voice(),
    stream(1, 'stream-started', 2),
    stream(1, 'stream-stopped', 60),
    completed(61, 59),
    recording(1, 'completed'),
  ]) {
    await keyed.tell(telling, numbers);
  }
  await database.db.insert(callLog).values(
    Array.from({ length: 9 }, (_, n) => ({
      businessId,
      callSid: sid('CA', 100 + n),
      createdAt: new Date(Date.UTC(2026, 0, 1, n)),
    })),
  );
});
afterAll(async () => {
  await keyed.close();
  await open.close();
  await server.stop();
});

const january = '/api/calls/range?from=2026-01-01&to=2026-01-02';
const get = async (service: Service, path: string, headers: Record<string, string> = {}) => {
  const answer = await service.send(path, { headers });
  return { ...answer, json: JSON.parse(answer.text) };
};
const bearer = (key: string) => ({ authorization: `Bearer ${key}` });

describe('who is asking', () => {
  test('a key is required where there is no demo tenant', async () => {
    expect(await get(keyed, january)).toMatchObject({
      status: 401,
      type: expect.stringContaining('application/problem+json'),
      json: { type: 'about:blank', status: 401, detail: expect.stringContaining('Authorization: Bearer') },
    });
    const response = await fetch(keyed.url + january);
    expect(response.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('a key opens its own tenant and no other', async () => {
    expect((await get(keyed, january, bearer('key-of-the-shop'))).json).toMatchObject({ calls_in_range: 9 });
    expect((await get(keyed, january, { 'x-api-key': 'key-of-the-shop' })).json).toMatchObject({
      calls_in_range: 9,
    });
    expect((await get(keyed, january, bearer('key-of-the-other'))).json).toMatchObject({
      calls_in_range: 0,
      calls: [],
    });
  });

  test.each([
    bearer('wrong'),
    { authorization: 'Basic a2V5' },
    { authorization: 'Bearer' },
    { 'x-api-key': '' },
  ])('a wrong key is 401, also where none is needed: %j', async (headers) => {
    expect((await get(keyed, january, headers)).status).toBe(401);
    expect((await get(open, january, headers)).status).toBe(401);
  });

  test('the demo tenant is read without a key', async () => {
    expect((await get(open, '/api/calls/last7d')).json).toMatchObject({ calls_last7d: 1 });
  });

  test('another path is a problem too', async () => {
    expect(await get(open, '/api/nothing')).toMatchObject({ status: 404, json: { status: 404 } });
  });
});

describe('the calls', () => {
  test('of the last seven days come with all that is known, and are not cached', async () => {
    const { json } = await get(open, '/api/calls/last7d');
    expect(json).toMatchObject({ calls_last7d: 1, timezone: 'Asia/Jerusalem', next: null });
    expect(json.days).toHaveLength(7);
    expect(json.days.at(-1)).toEqual({ date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/), calls: 1 });
    expect(json.calls).toEqual([
      {
        call_sid: callSid,
        parent_call_sid: null,
        lead_id: null,
        from_number: numbers.From,
        to_number: numbers.To,
        direction: 'inbound',
        twilio_direction: 'inbound',
        status: 'completed',
        duration: 59,
        recording_sid: sid('RE', 1),
        recording_url: expect.stringContaining(sid('RE', 1)),
        final_transcript: null,
        transcript_source: null,
        summary: null,
        audio_bytes_len: null,
        audio_duration_sec: null,
        error_code: null,
        error_message: null,
        created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        updated_at: expect.stringMatching(/Z$/),
        recording_mode: 'TWILIO_CALL_RECORD',
        stream_started_at: '2026-03-27T08:00:02.000Z',
        stream_ended_at: '2026-03-27T08:01:00.000Z',
        stream_duration_sec: 58,
        stream_connect_count: 1,
        webhook_11205_count: 0,
        webhook_retry_count: 0,
        recording_count: 1,
        estimated_cost_bucket: 'LOW',
      },
    ]);
    const response = await fetch(`${open.url}/api/calls/last7d`);
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  test('of a range come page by page, each page leading to the next', async () => {
    const hours: string[] = [];
    let path: string | null = `${january}&limit=4`;
    while (path !== null) {
      const { json } = await get(open, path);
      expect(json).toMatchObject({
        calls_in_range: 9,
        from: '2025-12-31T22:00:00.000Z',
        to: '2026-01-01T22:00:00.000Z',
      });
      hours.push(...json.calls.map((call: { created_at: string }) => call.created_at.slice(11, 13)));
      path = json.next;
    }
    expect(hours).toEqual(['08', '07', '06', '05', '04', '03', '02', '01', '00']);
  });

  test.each([
    ['from=2026-01-01T02:00:00Z&to=2026-01-01T04:00:00Z', 2],
    ['from=2026-01-01T02:00:00%2B02:00&to=2026-01-01T04:00:00%2B02:00', 2],
    ['from=2026-01-01T04:00&to=2026-01-01T06:00', 2],
    ['from=2026-01-01T02:00:00.001Z&to=2026-01-01T04:00:00.001Z', 2],
    ['from=2026-01-01T00:00:00Z&to=2026-04-04T00:00:00Z', 9],
  ])('of %s are %i', async (query, count) => {
    expect((await get(open, `/api/calls/range?${query}`)).json).toMatchObject({ calls_in_range: count });
  });
});

test.each([
  ['', 'from is missing'],
  ['from=2026-01-01', 'to is missing'],
  ['from=yesterday&to=2026-01-02', 'from is not a date'],
  ['from=2026-02-30&to=2026-03-02', 'from is not a date'],
  ['from=2026-01-01&to=2026-01-02T25:00', 'to is not a date'],
  ['from=2026-01-01Z&to=2026-01-02', 'from is not a date'],
  ['from=2026-01-01T00:00:00%2B99:00&to=2026-01-02', 'from is not a date'],
  ['from=0001-01-01&to=2026-01-02', 'from is not a date'],
  ['from=2026-01-01T00:00:00+02:00&to=2026-01-02', 'write + as %2B'],
  ['from=2026-01-02&to=2026-01-02', 'to is not after from'],
  ['from=2026-01-02&to=2026-01-01', 'to is not after from'],
  ['from=2026-01-01&to=2026-06-01', 'longer than 93 days'],
  ['from=2026-01-01&from=2026-01-01&to=2026-01-02', 'from is given more than once'],
  ["from=2026-01-01'; drop table call_log; --&to=2026-01-02", 'from is not a date'],
  ['from=2026-01-01&to=2026-01-02&limit=0', 'limit is not a number'],
  ['from=2026-01-01&to=2026-01-02&limit=501', 'limit is not a number'],
  ['from=2026-01-01&to=2026-01-02&limit=ten', 'limit is not a number'],
  ['from=2026-01-01&to=2026-01-02&cursor=abc', 'cursor is not one'],
  [
    `from=2026-01-01&to=2026-01-02&cursor=${Buffer.from('2026-02-30T00:00:00.000000|1').toString('base64url')}`,
    'cursor is not one',
  ],
])('?%s is answered with 400 and what is wrong: %s', async (query, words) => {
  const answer = await get(open, `/api/calls/range?${query}`);
  expect(answer).toMatchObject({ status: 400, type: expect.stringContaining('application/problem+json') });
  expect(answer.json.detail).toContain(words);
});

test('a schema that lacks a column is a 503 that says nothing of SQL', async () => {
  await database.pool.query('alter table call_log rename column recording_mode to recording_mode_away');
  const answer = await get(open, january);
  await database.pool.query('alter table call_log rename column recording_mode_away to recording_mode');
  expect(answer).toMatchObject({
    status: 503,
    json: { status: 503, title: 'the database cannot serve this now' },
  });
  expect(answer.text).not.toMatch(/select|column|recording_mode/i);
});
