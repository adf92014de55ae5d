// Recordings become transcripts: a real queue, real downloads, and a speech-to-text service over HTTP.
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { offlineStt } from '../../src/jobs/tasks/offline-stt.ts';
import { startWorker, type Worker } from '../../src/jobs/worker.ts';
import { type Provider, startProvider } from '../../src/simulate/provider.ts';
import { type CallsServer, startCallsServer } from './calls-database.ts';
import {
  accountSid,
  callSid,
  eventually,
  finishJobs,
  makeWorkshop,
  queueRecording,
  readJobs,
  readTranscript,
  recordCall,
  recordingSidOf,
  transcriptionKey,
  type Workshop,
} from './recorded-call.ts';

let calls: CallsServer;
let database: Database;
let provider: Provider;
let workshop: Workshop;
let worker: Worker | undefined;

beforeAll(async () => {
  calls = await startCallsServer();
});
afterAll(() => calls.stop());
beforeEach(async () => {
  ({ database } = await calls.newDatabase());
  provider = await startProvider({ transcriptionKey });
  workshop = await makeWorkshop(provider);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await provider.close();
  await workshop.clean();
});

async function work(deps: Partial<Workshop['deps']> = {}): Promise<void> {
  worker = await startWorker({ database, concurrency: 2, deps: { ...workshop.deps, ...deps } });
  await finishJobs(database);
}

/** Runs the task as its last attempt. */
function runLast(deps: Partial<Workshop['deps']> = {}) {
  return offlineStt(
    { businessId: 1, callSid, recordingSid: recordingSidOf('2') },
    { ...workshop.deps, ...deps, db: database.db, lastAttempt: true, signal: new AbortController().signal },
  );
}

test('a recording that is not found twice and then served ends as a transcript', async () => {
  provider.answerTranscriptions({ text: ' שלום עולם ' });
  await recordCall(database, provider, { seconds: 3.2, notFoundTimes: 2 });
  await work();
  expect(provider.served.notFound).toBe(2);
  const bytes = 44 + 3.2 * 16_000;
  expect(await readTranscript(database)).toEqual({
    text: 'שלום עולם',
    source: 'recording',
    bytes,
    seconds: 3.2,
  });
  const { rows } = await database.pool.query(
    `select audio_bytes_len::int as bytes, audio_duration_sec as seconds, length(audio_sha256) as hash,
       downloaded_at between (now() at time zone 'utc') - interval '1 minute' and (now() at time zone 'utc') as just_now
     from call_recording`,
  );
  expect(rows).toEqual([{ bytes, seconds: 3.2, hash: 64, just_now: true }]);
});

test('a recording with less audio than announced is noticed, left nowhere, and tried again', async () => {
  await recordCall(database, provider, { seconds: 3, announcedSec: 12 });
  worker = await startWorker({ database, concurrency: 1, deps: workshop.deps });
  await eventually(async () => (await readJobs(database))[0]?.last_error).toMatch(
    /lasts 3.0 s, .* announced 12 s/,
  );
  expect(await readTranscript(database)).toMatchObject({ text: null, source: null });
  expect(await readdir(join(workshop.deps.recordings.folder, '1'))).toEqual([]);
  provider.addRecording({ accountSid, recordingSid: recordingSidOf('2'), seconds: 12 });
  await finishJobs(database);
  expect(await readTranscript(database)).toMatchObject({ source: 'recording', seconds: 12 });
});

test.each([
  ['no audio at all', Buffer.from('<html>Service unavailable</html>'), 'the recording holds no audio'],
  ['nothing', Buffer.alloc(0), 'End-Of-Stream'],
])('a file that holds %s is no recording', async (_, body, reason) => {
  await recordCall(database, provider, { body });
  await database.pool.query('update call_recording set duration_sec = null');
  await expect(runLast()).rejects.toThrow(reason);
  expect(await readTranscript(database)).toMatchObject({ text: null, source: 'failed' });
  expect(provider.served.transcriptions).toBe(0);
});

test('an empty answer is said to be a failure, and does not overwrite a transcript', async () => {
  await recordCall(database, provider);
  await work();
  const good = await readTranscript(database);
  expect(good).toMatchObject({ source: 'recording', text: expect.stringContaining('שלום') });
  provider.answerTranscriptions({ text: '  ' });
  await recordCall(database, provider, { digit: '3', seconds: 9 });
  await finishJobs(database);
  expect(provider.served.transcriptions).toBe(2);
  expect(await readTranscript(database)).toEqual(good);
  await database.pool.query(`update call_log set final_transcript = null, transcript_source = null`);
  await queueRecording(database);
  await finishJobs(database);
  expect(await readTranscript(database)).toMatchObject({ text: null, source: 'failed' });
});

test('without a speech-to-text service the call says failed, and the log says why', async () => {
  await recordCall(database, provider);
  await database.pool.query(`update call_log set from_number = '+972501234567', to_number = '+972720000000'`);
  await work({ transcriber: null });
  expect(await readTranscript(database)).toMatchObject({ text: null, source: 'failed' });
  const said = workshop.logged
    .map((line) => JSON.parse(line))
    .find(({ msg }) => msg === 'offline_stt: no transcript');
  expect(said).toMatchObject({ callSid, reason: 'no speech-to-text service is configured (STT_BASE_URL)' });
  // A time in milliseconds may hold 972 by itself.
  expect(workshop.logged.join('\n')).not.toMatch(/\+972|501234567|720000000/);
});

test('a text from the live call is kept when the recording gives none', async () => {
  await recordCall(database, provider);
  await database.pool.query(
    `update call_log set transcription = 'heard live', transcript_source = 'realtime'`,
  );
  await work({ transcriber: null });
  expect(await readTranscript(database)).toMatchObject({ source: 'realtime' });
});

test('a service that is down for a while costs attempts, not the transcript', async () => {
  provider.answerTranscriptions({ status: 503 });
  await recordCall(database, provider);
  worker = await startWorker({ database, concurrency: 1, deps: workshop.deps });
  await eventually(async () => (await readJobs(database))[0]?.last_error).toBe(
    'speech-to-text answered HTTP 503',
  );
  expect(await readTranscript(database)).toMatchObject({ source: null });
  const said = workshop.logged
    .map((line) => JSON.parse(line))
    .find(({ msg }) => msg.startsWith('a task failed'));
  expect(said).toMatchObject({
    level: 40,
    task: 'offline_stt',
    attempts: 1,
    msg: 'a task failed: speech-to-text answered HTTP 503',
  });
  provider.answerTranscriptions({ text: 'at last' });
  await finishJobs(database);
  expect(await readTranscript(database)).toMatchObject({ text: 'at last', source: 'recording' });
  expect(provider.served.downloads).toHaveLength(1);
});

test('a service that stays down ends as failed when no attempt is left', async () => {
  provider.answerTranscriptions({ status: 503 });
  await recordCall(database, provider);
  await expect(runLast()).rejects.toThrow('speech-to-text answered HTTP 503');
  expect(await readTranscript(database)).toMatchObject({ text: null, source: 'failed' });
});

test('running it twice transcribes once; a lost file is fetched again', async () => {
  await recordCall(database, provider);
  await work();
  const once = await readTranscript(database);
  await queueRecording(database);
  await finishJobs(database);
  expect(provider.served.transcriptions).toBe(1);
  await rm(workshop.deps.recordings.folder, { recursive: true });
  await database.pool.query(`update call_log set transcript_source = null, final_transcript = null`);
  await queueRecording(database);
  await finishJobs(database);
  expect(await readTranscript(database)).toEqual(once);
});

test('a recording that is announced again while it is transcribed, and a second one of its call, are not paid for', async () => {
  let answer: (text: { text: string }) => void = () => undefined;
  provider.answerTranscriptions(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  await recordCall(database, provider, { digit: '2', seconds: 4 });
  worker = await startWorker({ database, concurrency: 3, deps: workshop.deps });
  await eventually(() => provider.served.transcriptions).toBe(1);
  await queueRecording(database, '2');
  await recordCall(database, provider, { digit: '3', seconds: 4 });
  answer({ text: 'once' });
  await finishJobs(database);
  expect(provider.served.transcriptions).toBe(1);
  expect(await readTranscript(database)).toMatchObject({ text: 'once' });
});

test('of two recordings of a call the longer one gives the transcript, whichever comes first', async () => {
  await recordCall(database, provider, { digit: '2', seconds: 9 });
  await recordCall(database, provider, { digit: '3', seconds: 8.5 });
  await recordCall(database, provider, { digit: '4', seconds: 2 });
  worker = await startWorker({ database, concurrency: 1, deps: workshop.deps });
  await finishJobs(database);
  expect(provider.served.downloads).toHaveLength(3);
  expect(provider.served.transcriptions).toBe(1);
  expect(await readTranscript(database)).toMatchObject({ seconds: 9 });
  provider.answerTranscriptions({ text: 'the whole call' });
  await recordCall(database, provider, { digit: '5', seconds: 15 });
  await finishJobs(database);
  expect(await readTranscript(database)).toMatchObject({ text: 'the whole call', seconds: 15 });
});

test('a recording from a host that is not allowed is not asked for, and not tried again', async () => {
  await recordCall(database, provider);
  await work({ recordings: { ...workshop.deps.recordings, origins: ['https://api.twilio.com'] } });
  expect(provider.served.downloads).toEqual([]);
  expect(await readTranscript(database)).toMatchObject({ source: 'failed' });
  expect(workshop.logged.join('\n')).toContain(`recordings are not fetched from ${provider.url}`);
});

test('a call that was erased meanwhile is no failure', async () => {
  await recordCall(database, provider);
  await database.pool.query('delete from call_log');
  await work();
  expect(provider.served.downloads).toEqual([]);
});

test('what a query was given is not in the log, nor beside the job', async () => {
  const secret = 'what the caller said';
  provider.answerTranscriptions({ text: secret });
  await database.pool.query(
    `alter table call_log add constraint refuses check (final_transcript is null or length(final_transcript) < 5)`,
  );
  await recordCall(database, provider);
  worker = await startWorker({ database, concurrency: 1, deps: workshop.deps });
  await eventually(async () => (await readJobs(database))[0]?.last_error).toBe(
    'the database refused, refuses, SQLSTATE 23514',
  );
  expect((await readJobs(database))[0]!.last_error).not.toContain(secret);
  expect(workshop.logged.join('\n')).not.toContain(secret);
});
