// What is written when two workers end with recordings of the same call at the same time.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import { type FetchedAudio, saveTranscript, saveTranscriptFailure } from '../../src/store/recording-work.ts';
import { type CallsServer, startCallsServer } from './calls-database.ts';
import { callSid, readTranscript, recordingSidOf } from './recorded-call.ts';

const key = { businessId: 1, callSid, recordingSid: recordingSidOf('2') };
const lasting = (seconds: number): FetchedAudio => ({
  seconds,
  bytes: seconds * 100,
  sha256: 'a'.repeat(64),
});

let calls: CallsServer;
let database: Database;

beforeAll(async () => {
  calls = await startCallsServer();
});
afterAll(() => calls.stop());
beforeEach(async () => {
  ({ database } = await calls.newDatabase());
  await database.pool.query(`insert into call_log (business_id, call_sid) values (1, $1)`, [callSid]);
});

test('the transcript of the longest recording stays, in whatever order they end', async () => {
  for (const seconds of [8, 20, 3]) await saveTranscript(database.db, key, `${seconds} s`, lasting(seconds));
  expect(await readTranscript(database)).toEqual({
    text: '20 s',
    source: 'recording',
    bytes: 2000,
    seconds: 20,
  });
});

test('a failure leaves a transcript alone, and a transcript replaces a failure', async () => {
  await saveTranscriptFailure(database.db, key);
  expect(await readTranscript(database)).toMatchObject({ text: null, source: 'failed' });
  await saveTranscript(database.db, key, 'said', lasting(5));
  await saveTranscriptFailure(database.db, key);
  expect(await readTranscript(database)).toMatchObject({ text: 'said', source: 'recording' });
});

test('a call of the same name of another tenant is not touched', async () => {
  await database.pool.query(`insert into business (name) values ('another')`);
  await saveTranscript(database.db, { ...key, businessId: 2 }, 'theirs', lasting(5));
  await saveTranscriptFailure(database.db, { ...key, businessId: 2 });
  expect(await readTranscript(database)).toMatchObject({ text: null, source: null });
});
