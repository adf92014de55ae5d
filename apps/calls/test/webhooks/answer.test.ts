// What a webhook is answered, when, and what happens when it cannot be stored.
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callEvent, callLog } from '../../src/db/schema.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';
import { callSid, completed, sid, streamEnded, voice } from '../support/events.ts';
import { type Service, startService } from '../support/service.ts';

const numbers = { From: '+972501234567', To: '+15005550006' };
const problem = expect.stringContaining('application/problem+json');

let server: TestServer;
let database: TestDatabase;
let service: Service;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  await makeTenant(database, { number: numbers.To });
  service = await startService(database);
});
afterAll(async () => {
  await service.close();
  await server.stop();
});
beforeEach(async () => {
  await database.pool.query('truncate call_log, graphile_worker._private_jobs cascade');
});

const readCallRow = async () => {
  const [row] = await database.db.select().from(callLog).where(eq(callLog.callSid, callSid));
  return row;
};

describe('the answer', () => {
  test('connects the call to the media stream, with addresses of the public URL', async () => {
    const { text } = await service.tell(voice(), numbers);
    expect(text).toBe(
      '<?xml version="1.0" encoding="UTF-8"?><Response>' +
        '<Connect action="https://calls.example.com/webhook/stream_ended">' +
        '<Stream url="wss://calls.example.com/ws/twilio-media" statusCallback="https://calls.example.com/webhook/stream_status#rc=3&amp;rp=5xx,ct,rt"/>' +
        '</Connect></Response>',
    );
  });

  test('records the call when the tenant wants that', async () => {
    const number = '+15005550007';
    await makeTenant(database, { number, recordCalls: true });
    const { text } = await service.tell(voice(), { ...numbers, To: number });
    expect(text).toContain('<Start><Recording channels="dual" recordingStatusCallback=');
  });

  test('to the end of the stream hangs up', async () => {
    expect((await service.tell(streamEnded(), numbers)).text).toContain('<Response><Hangup/></Response>');
  });

  test('to a status is empty', async () => {
    expect(await service.tell(completed(61, 59), numbers)).toMatchObject({ status: 204, text: '' });
  });

  test('is not given before the event is committed', async () => {
    const blocker = await database.pool.connect();
    await blocker.query('begin; lock table call_event in access exclusive mode');
    let answered = false;
    const answer = service.tell(voice(), numbers).then((given) => {
      answered = true;
      return given;
    });
    await expect
      .poll(async () => {
        const { rows } = await database.pool.query(
          `select 1 from pg_locks where not granted and relation = 'call_event'::regclass`,
        );
        return rows.length;
      })
      .toBe(1);
    // An answer that did not wait for the transaction would be here by now: this request went the same way after it.
    await service.send('/healthz');
    expect(answered).toBe(false);
    await blocker.query('rollback');
    blocker.release();
    expect(await answer).toMatchObject({ status: 200 });
    expect(await database.db.$count(callEvent)).toBe(1);
  });
});

describe('a webhook that cannot be stored', () => {
  test('is answered with 503, leaves nothing, and says nothing of SQL; the same one later is taken', async () => {
    await database.pool.query('alter table call_event rename to call_event_away');
    const refused = await service.tell(voice(), numbers);
    await database.pool.query('alter table call_event_away rename to call_event');
    expect(refused).toMatchObject({ status: 503, type: problem });
    expect(refused.text).not.toMatch(/select|insert|call_event|\$1/i);
    expect(await database.db.$count(callLog)).toBe(0);
    expect(await service.tell(voice(), numbers)).toMatchObject({ status: 200 });
    expect(await readCallRow()).toMatchObject({ webhookRetryCount: 0 });
  });

  test('leaves no job either: events and jobs are one transaction', async () => {
    await database.pool.query('alter function graphile_worker.add_job rename to add_job_away');
    const refused = await service.tell(completed(61, 59), numbers);
    await database.pool.query('alter function graphile_worker.add_job_away rename to add_job');
    expect(refused.status).toBe(500);
    expect(await database.db.$count(callEvent)).toBe(0);
    expect(await database.db.$count(callLog)).toBe(0);
  });

  test.each([
    ['without a call', '/webhook/call_status', { AccountSid: sid('AC', 1), CallStatus: 'completed' }],
    ['without an account', '/webhook/call_status', { CallSid: callSid, CallStatus: 'completed' }],
    [
      'with a call that is no identifier',
      '/webhook/incoming_call',
      { AccountSid: sid('AC', 1), CallSid: 'x y' },
    ],
  ])('%s is answered with 400', async (_name, path, params) => {
    const answer = await service.post(path, Object.entries(params));
    expect(answer).toMatchObject({ status: 400, type: problem });
  });

  test('as JSON is answered with 415', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await service.send('/webhook/call_status', { method: 'POST', headers, body: '{}' });
    expect(answer).toMatchObject({ status: 415, type: problem });
  });

  test('with characters that PostgreSQL cannot store is stored without them', async () => {
    const answer = await service.tell(voice(), { ...numbers, From: 'sip:a\0b@example.com' });
    expect(answer.status).toBe(200);
    expect(await readCallRow()).toMatchObject({ fromNumber: 'sip:ab@example.com' });
  });
});
