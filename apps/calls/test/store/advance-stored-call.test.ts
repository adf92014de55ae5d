// The stored call follows its stored events, and what the events no longer tell is not lost.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callCostReason, callLog } from '../../src/db/schema.ts';
import { advanceStoredCall } from '../../src/store/advance-stored-call.ts';
import { hashApiKey, readApiCaller } from '../../src/store/api-key.ts';
import { ensureDemoBusiness } from '../../src/store/demo-business.ts';
import { readCall } from '../../src/store/read-call.ts';
import { storeEvent } from '../../src/store/store-event.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';
import { callSid, completed, event, recording, type Telling } from '../support/events.ts';

let server: TestServer;
let database: TestDatabase;
let businessId: number;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  ({ businessId } = await makeTenant(database, { number: '+1' }));
});
afterAll(() => server.stop());

const store = (telling: Telling) =>
  database.db.transaction(async (tx) => {
    const { kind, params: payload } = telling;
    await storeEvent(tx, businessId, { key: event(telling).key, kind, callSid, payload, answer: null });
    return advanceStoredCall(tx, businessId, callSid);
  });

test('a call whose early events were purged keeps what they said', async () => {
  await database.db.insert(callLog).values({
    businessId,
    callSid,
    direction: 'inbound',
    twilioDirection: 'inbound',
    status: 'completed',
    duration: 59,
  });
  await store(recording(1, 'completed'));
  expect(await readCall(database.db, businessId, callSid)).toMatchObject({
    direction: 'inbound',
    status: 'completed',
    duration: 59,
    recordingSid: expect.stringMatching(/^RE/),
  });
});

test('the reasons of the bucket are replaced together with it', async () => {
  const reasons = () => database.db.select().from(callCostReason);
  await store(recording(2, 'completed'));
  expect(await reasons()).toEqual([
    {
      businessId,
      callSid,
      reason: 'more than one recording',
      ruleVersion: 1,
      points: 2,
      facts: { recordingCount: 2 },
    },
  ]);
  await store(recording(3, 'completed'));
  expect(await reasons()).toMatchObject([{ points: 4, facts: { recordingCount: 3 } }]);
  await store(completed(61, 59));
  expect(await reasons()).toHaveLength(1);
});

test('a call is found by its own tenant only', async () => {
  const { businessId: other } = await makeTenant(database, { number: '+2' });
  expect(await readCall(database.db, other, callSid)).toBeNull();
  expect(await database.db.transaction((tx) => advanceStoredCall(tx, other, callSid))).toBeNull();
});

test('an API key is known by its hash, until it is revoked', async () => {
  await database.pool.query(
    `insert into api_key (business_id, name, key_hash) values ($1, 'k', encode(sha256('the-key'), 'hex'))`,
    [businessId],
  );
  expect(hashApiKey('the-key')).toMatch(/^[0-9a-f]{64}$/);
  expect(await readApiCaller(database.db, 'the-key')).toEqual({ businessId, role: 'viewer' });
  expect(await readApiCaller(database.db, hashApiKey('the-key'))).toBeNull();
  await database.pool.query(`update api_key set revoked_at = now()`);
  expect(await readApiCaller(database.db, 'the-key')).toBeNull();
});

test('the demo business is made once, also by several processes at once', async () => {
  const made = await Promise.all(Array.from({ length: 5 }, () => ensureDemoBusiness(database.db)));
  expect(new Set(made).size).toBe(1);
  const { rows } = await database.pool.query(
    `select number, timezone from business_number join business_settings using (business_id) where business_id = $1`,
    [made[0]],
  );
  expect(rows).toEqual([{ number: '+15005550006', timezone: 'Asia/Jerusalem' }]);
});
