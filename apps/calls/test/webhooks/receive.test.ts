// What a webhook does: one event, one step of the call, its jobs; and what a repetition, a race or a fault does not do.
import { and, eq } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callCostReason, callEvent, callLog, callRecording, callStream } from '../../src/db/schema.ts';
import {
  makeTenant,
  startTestServer,
  type TestDatabase,
  type TestServer,
  type TestTenant,
} from '../support/database.ts';
import {
  after,
  callSid,
  completed,
  recording,
  sid,
  status,
  stream,
  streamEnded,
  type Telling,
  trouble,
  voice,
} from '../support/events.ts';
import { type Service, startService } from '../support/service.ts';

const numbers = { From: '+972501234567', To: '+15005550006' };
const wholeCall = [
  voice(),
  status('in-progress', 2, { SequenceNumber: '1' }),
  stream(1, 'stream-started', 2),
  stream(1, 'stream-stopped', 60),
  streamEnded(),
  completed(61, 59),
  recording(1, 'completed'),
];

let server: TestServer;
let database: TestDatabase;
let service: Service;
let tenant: TestTenant;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  tenant = await makeTenant(database, { number: numbers.To });
  service = await startService(database);
});
afterAll(async () => {
  await service.close();
  await server.stop();
});
beforeEach(async () => {
  await database.pool.query('truncate call_log, quarantined_event, graphile_worker._private_jobs cascade');
});

const readCallRow = async (of = callSid) => {
  const [row] = await database.db.select().from(callLog).where(eq(callLog.callSid, of));
  return row;
};
const readJobs = async () => {
  const { rows } = await database.pool.query<{ task: string; payload: unknown }>(
    `select identifier as task, payload from graphile_worker._private_jobs jobs
       join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id order by 1`,
  );
  return rows;
};

describe('a whole call', () => {
  test('fills its row, its streams and recordings, and asks for its background work', async () => {
    for (const telling of wholeCall) {
      expect((await service.tell(telling, numbers)).status).toBeLessThan(300);
    }
    expect(await readCallRow()).toMatchObject({
      businessId: tenant.businessId,
      fromNumber: numbers.From,
      toNumber: numbers.To,
      direction: 'inbound',
      status: 'completed',
      duration: 59,
      recordingSid: sid('RE', 1),
      recordingMode: 'TWILIO_CALL_RECORD',
      streamStartedAt: after(2),
      streamEndedAt: after(60),
      streamDurationSec: 58,
      streamConnectCount: 1,
      webhook11205Count: 0,
      webhookRetryCount: 0,
      recordingCount: 1,
      estimatedCostBucket: 'LOW',
    });
    expect(await database.db.select().from(callStream)).toMatchObject([
      { streamSid: sid('MZ', 1), startedAt: after(2), endedAt: after(60), endedBy: 'stream event' },
    ]);
    expect(await database.db.select().from(callRecording)).toMatchObject([
      {
        recordingSid: sid('RE', 1),
        status: 'completed',
        source: 'OutboundAPI',
        durationSec: 30,
        startedAt: after(3),
      },
    ]);
    const payload = { businessId: tenant.businessId, callSid };
    expect(await readJobs()).toEqual([
      { task: 'finalize_in_background', payload },
      { task: 'offline_stt', payload: { ...payload, recordingSid: sid('RE', 1) } },
    ]);
  });

  test('is the same in any order in which its webhooks arrive, and counts only repetitions', async () => {
    const eventful = [
      ...wholeCall,
      recording(2, 'completed'),
      trouble(1),
      trouble(2, '11200'),
      stream(2, 'stream-started', 30),
    ];
    let calls = 100;
    let expected: unknown;
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(eventful, { minLength: eventful.length }),
        fc.array(fc.nat({ max: eventful.length - 1 }), { maxLength: 3 }),
        async (shuffled, repeated) => {
          const n = calls++;
          const deliveries = [...shuffled, ...repeated.map((index) => shuffled[index]!)];
          for (const telling of deliveries) {
            // Only what names the numbers can be placed before the call is known; the rest waits in quarantine.
            const named = 'Direction' in telling.params ? numbers : {};
            expect((await service.tell(ofCall(telling, n), named)).status).toBeLessThan(300);
          }
          const state = await readComparable(n);
          expected ??= state.call;
          expect(state.call).toEqual(expected);
          expect(state.retries).toBe(repeated.length);
        },
      ),
      { numRuns: 8 },
    );
  });

  test('keeps phone numbers out of the stored events and out of the log', async () => {
    for (const telling of wholeCall)
      await service.tell(telling, { ...numbers, Caller: numbers.From, FromCity: 'Haifa' });
    const { rows } = await database.pool.query('select payload::text as text from call_event');
    const written = [...rows.map(({ text }) => text), ...service.log].join('\n');
    expect(written).toContain(callSid);
    for (const secret of ['972501234567', '15005550006', 'Haifa']) expect(written).not.toContain(secret);
  });

  test('leaves no word in the log that operators take for a schema fault', () => {
    expect(service.log.join('\n')).not.toMatch(/recording_mode|UndefinedColumn/);
  });
});

/** The same telling about another call, with streams, recordings and errors of its own. */
function ofCall({ kind, params }: Telling, n: number): Telling {
  const text = JSON.stringify(params).replace(
    /\b(CA|MZ|RE|NO)0{24}([0-9a-f]{8})/g,
    (_, prefix, id) => `${prefix}${n.toString(16).padStart(24, '0')}${id}`,
  );
  return { kind, params: JSON.parse(text) };
}

async function readComparable(n: number) {
  const call = ofCall(voice(), n).params.CallSid!;
  const mine = <T extends { businessId: unknown; callSid: unknown }>(table: T) =>
    and(eq(table.businessId as never, tenant.businessId), eq(table.callSid as never, call));
  const row = await readCallRow(call);
  const reasons = await database.db.select().from(callCostReason).where(mine(callCostReason));
  const recordings = await database.db.select().from(callRecording).where(mine(callRecording));
  const streams = await database.db.select().from(callStream).where(mine(callStream));
  const {
    id: _id,
    createdAt: _created,
    updatedAt: _updated,
    webhookRetryCount,
    estimatedCostBucket,
    ...rest
  } = row!;
  const withoutIds = (rows: readonly { id?: number }[]) => rows.map(({ id: _, ...each }) => each);
  const compared = {
    row: rest,
    bucket: estimatedCostBucket,
    reasons: reasons
      .filter(({ reason }) => reason !== 'webhook retried')
      .sort((a, b) => (a.reason < b.reason ? -1 : 1)),
    recordings: withoutIds(recordings.sort((a, b) => (a.recordingSid < b.recordingSid ? -1 : 1))),
    streams: withoutIds(streams.sort((a, b) => (a.streamSid < b.streamSid ? -1 : 1))),
  };
  const own = n.toString(16).padStart(24, '0');
  return { call: JSON.parse(JSON.stringify(compared).replaceAll(own, 'n')), retries: webhookRetryCount };
}

describe('a redelivery', () => {
  test('gets the stored TwiML, counts as a retry, and has no second effect', async () => {
    const first = await service.tell(voice(), numbers);
    await database.pool.query('update business_settings set record_calls = true');
    const again = await service.tell(voice(), numbers);
    await database.pool.query('update business_settings set record_calls = false');
    expect(first).toMatchObject({ status: 200, type: expect.stringContaining('text/xml') });
    expect(again).toEqual(first);
    expect(await readCallRow()).toMatchObject({ webhookRetryCount: 1 });
    expect(await database.db.$count(callEvent)).toBe(1);
  });

  test('asks for no job again', async () => {
    await service.tell(completed(61, 59), numbers);
    await database.pool.query('truncate graphile_worker._private_jobs');
    await service.tell(completed(61, 59), numbers);
    expect(await readJobs()).toEqual([]);
  });

  test('ten times at once is one event, one call, one answer and nine retries', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => service.tell(voice(), numbers)));
    expect(new Set(answers.map(({ status: code, text }) => `${code} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(await database.db.$count(callEvent)).toBe(1);
    expect(await database.db.$count(callLog)).toBe(1);
    expect(await readCallRow()).toMatchObject({ webhookRetryCount: 9 });
  });

  test('all webhooks of a call at once end in the same call', async () => {
    await Promise.all([...wholeCall, ...wholeCall].map((telling) => service.tell(telling, numbers)));
    expect(await readCallRow()).toMatchObject({
      status: 'completed',
      recordingCount: 1,
      streamConnectCount: 1,
      streamDurationSec: 58,
      webhookRetryCount: wholeCall.length,
    });
    expect(await database.db.$count(callEvent)).toBe(wholeCall.length);
    expect((await readJobs()).map(({ task }) => task)).toEqual(['finalize_in_background', 'offline_stt']);
  });
});
