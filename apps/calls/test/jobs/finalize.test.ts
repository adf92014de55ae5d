// The finaliser on stored events that no webhook has folded yet.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { enqueue } from '../../src/jobs/queue.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { type Provider, startProvider } from '../../src/simulate/provider.ts';
import { ensureCall, type NewEvent, storeEvent } from '../../src/store/store-event.ts';
import { type CallsServer, startCallsServer } from './calls-database.ts';
import {
  callSid,
  eventually,
  finishJobs,
  makeWorkshop,
  recordingSidOf,
  transcriptionKey,
  type Workshop,
} from './recorded-call.ts';

const streamSid = `MZ${'4'.repeat(32)}`;
const finalizing = { task: 'finalize_in_background', payload: { businessId: 1, callSid } } as const;

let calls: CallsServer;
let database: Database;
let provider: Provider;
let workshop: Workshop;
let worker: Worker;

beforeAll(async () => {
  calls = await startCallsServer();
});
afterAll(() => calls.stop());
beforeEach(async () => {
  ({ database } = await calls.newDatabase());
  provider = await startProvider({ transcriptionKey });
  workshop = await makeWorkshop(provider);
  worker = await startWorker({ database, concurrency: 2, deps: workshop.deps });
});
afterEach(async () => {
  await worker.stop();
  await provider.close();
  await workshop.clean();
});

/** A call of ten seconds that was recorded twice, whose end of the stream never came. */
async function storeEvents(): Promise<void> {
  const recording = (digit: string, source: string): Omit<NewEvent, 'callSid' | 'answer'> => ({
    key: `recording:${digit}`,
    kind: 'recording status',
    payload: {
      CallSid: callSid,
      RecordingSid: recordingSidOf(digit),
      RecordingStatus: 'completed',
      RecordingSource: source,
      RecordingDuration: '10',
      RecordingStartTime: 'Wed, 25 Mar 2026 09:00:00 +0000',
    },
  });
  const events: Omit<NewEvent, 'callSid' | 'answer'>[] = [
    {
      key: 'stream',
      kind: 'stream status',
      payload: {
        CallSid: callSid,
        StreamSid: streamSid,
        StreamEvent: 'stream-started',
        Timestamp: '2026-03-25T09:00:00.500Z',
      },
    },
    recording('a', 'StartCallRecordingAPI'),
    recording('b', 'OutboundAPI'),
    {
      key: 'status',
      kind: 'call status',
      payload: {
        CallSid: callSid,
        CallStatus: 'completed',
        SequenceNumber: '0',
        CallDuration: '10',
        Direction: 'inbound',
        Timestamp: 'Wed, 25 Mar 2026 09:00:10 +0000',
      },
    },
  ];
  await database.db.transaction(async (tx) => {
    await ensureCall(tx, 1, callSid, { from: null, to: null });
    for (const event of events) await storeEvent(tx, 1, { ...event, callSid, answer: null });
  });
}

async function readCall() {
  const { rows } = await database.pool.query(
    `select status, duration, recording_mode, recording_count, stream_connect_count, stream_duration_sec,
       stream_started_at::text, stream_ended_at::text, estimated_cost_bucket as bucket,
       (select array_agg(reason order by reason) from call_cost_reason) as reasons
     from call_log where call_sid = $1`,
    [callSid],
  );
  return rows[0];
}

test('the call gets its final status, its stream times, and its bucket with the reasons; twice is as once', async () => {
  await storeEvents();
  expect(await readCall()).toMatchObject({ status: null, bucket: null });
  await enqueue(database.db, finalizing);
  await finishJobs(database);
  const finished = await readCall();
  expect(finished).toEqual({
    status: 'completed',
    duration: 10,
    recording_mode: 'RECORDING_API',
    recording_count: 2,
    stream_connect_count: 1,
    stream_duration_sec: 9.5,
    stream_started_at: '2026-03-25 09:00:00.5',
    stream_ended_at: '2026-03-25 09:00:10',
    bucket: 'HIGH',
    reasons: ['more than one recording'],
  });
  await enqueue(database.db, finalizing);
  await finishJobs(database);
  expect(await readCall()).toEqual(finished);
});

test('a call that is not there is no failure', async () => {
  await enqueue(database.db, finalizing);
  await finishJobs(database);
  expect(workshop.logged.join('\n')).toContain('finalize_in_background: the call is gone');
});

test('a column that is gone is named in the log, and the job succeeds when it is back', async () => {
  await storeEvents();
  await database.pool.query('alter table call_log rename column recording_mode to hidden');
  await enqueue(database.db, finalizing);
  await eventually(() => workshop.logged.join('\n')).toMatch(/UndefinedColumn.*recording_mode.*42703/);
  await database.pool.query('alter table call_log rename column hidden to recording_mode');
  await finishJobs(database);
  expect(await readCall()).toMatchObject({ recording_mode: 'RECORDING_API', bucket: 'HIGH' });
});
