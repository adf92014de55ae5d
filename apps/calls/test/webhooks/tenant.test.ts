// Whose call it is: one tenant's beyond doubt, or nobody's until an event says so; never another's.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callEvent, callLog, quarantinedEvent } from '../../src/db/schema.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';
import { callSid, completed, recording, sid, status, stream, trouble, voice } from '../support/events.ts';
import { type Service, startService } from '../support/service.ts';

const shop = '+15005550001';
const clinic = '+15005550002';
const bakery = '+15005550003';
const customer = '+972501234567';
const clinicAccount = sid('AC', 77);

let server: TestServer;
let database: TestDatabase;
let service: Service;
let shopId: number;
let clinicId: number;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  shopId = (await makeTenant(database, { number: shop })).businessId;
  clinicId = (await makeTenant(database, { number: clinic, accountSid: clinicAccount })).businessId;
  await makeTenant(database, { number: bakery });
  service = await startService(database);
});
afterAll(async () => {
  await service.close();
  await server.stop();
});
beforeEach(async () => {
  await database.pool.query(
    'truncate call_log, quarantined_event, call_event, graphile_worker._private_jobs cascade',
  );
});

const owners = async () => {
  const rows = await database.db.select().from(callLog);
  return Object.fromEntries(rows.map(({ callSid: call, businessId }) => [call, businessId]));
};
const quarantine = async () => {
  const rows = await database.db.select().from(quarantinedEvent);
  return rows.map(({ eventKey, reason }) => [eventKey.split(':')[0], reason]);
};

describe('a call belongs to', () => {
  test('the tenant whose number was called', async () => {
    await service.tell(voice(), { From: customer, To: shop });
    expect(await owners()).toEqual({ [callSid]: shopId });
  });

  test('the tenant whose number calls, when it goes out', async () => {
    await service.tell(status('ringing', 1), { Direction: 'outbound-api', From: shop, To: customer });
    expect(await owners()).toEqual({ [callSid]: shopId });
  });

  test('the called tenant also when another tenant is calling', async () => {
    await service.tell(voice(), { From: bakery, To: shop });
    expect(await owners()).toEqual({ [callSid]: shopId });
  });

  test('the tenant of its other webhooks, which name no number', async () => {
    await service.tell(voice(), { From: customer, To: shop });
    for (const telling of [stream(1, 'stream-started', 2), recording(1, 'completed'), trouble(1)]) {
      await service.tell(telling);
    }
    expect(await database.db.$count(callEvent)).toBe(4);
    expect(await quarantine()).toEqual([]);
  });

  test('the tenant of its parent, even when it shows the number of another tenant', async () => {
    const leg = {
      CallSid: sid('CA', 2),
      ParentCallSid: callSid,
      Direction: 'outbound-dial',
      From: bakery,
      To: customer,
    };
    await service.tell(voice(), { From: bakery, To: shop });
    await service.tell(status('ringing', 2), leg);
    expect(await owners()).toEqual({ [callSid]: shopId, [sid('CA', 2)]: shopId });
  });

  test('the tenant that has the account to itself, when nothing else tells', async () => {
    await service.tell(stream(1, 'stream-started', 2), { AccountSid: clinicAccount });
    expect(await owners()).toEqual({ [callSid]: clinicId });
  });
});

describe('an event is put in quarantine', () => {
  test('when the called number is nobody’s; the caller hears that the call is refused', async () => {
    const answer = await service.tell(voice(), { From: customer, To: '+15005550099' });
    expect(answer.text).toContain('<Response><Reject/></Response>');
    expect(await quarantine()).toEqual([['voice', 'unknown tenant']]);
    expect(await owners()).toEqual({});
  });

  test('when it is about an unknown call', async () => {
    await service.tell(recording(1, 'completed'));
    await service.tell(trouble(1));
    expect(await quarantine()).toEqual([
      ['recording', 'unknown tenant'],
      ['debugger', 'unknown tenant'],
    ]);
    expect(await owners()).toEqual({});
  });

  test('when two tenants claim the number', async () => {
    const claimed = '+15005550004';
    await makeTenant(database, { number: claimed });
    await makeTenant(database, { number: claimed });
    await service.tell(voice(), { From: customer, To: claimed });
    expect(await quarantine()).toEqual([['voice', 'ambiguous tenant']]);
  });

  test('when the number belongs to a tenant of another account', async () => {
    await service.tell(voice(), { From: customer, To: clinic });
    expect(await quarantine()).toEqual([['voice', 'account mismatch']]);
  });

  test('when it names a known call from another account', async () => {
    await service.tell(voice(), { AccountSid: clinicAccount, From: customer, To: clinic });
    await service.tell(recording(1, 'completed'));
    expect(await quarantine()).toEqual([['recording', 'account mismatch']]);
    expect(await database.db.$count(callEvent)).toBe(1);
  });

  test('once, however often it comes, and with the same answer', async () => {
    const first = await service.tell(voice(), { From: customer, To: '+15005550099' });
    const again = await service.tell(voice(), { From: customer, To: '+15005550099' });
    expect(again).toEqual(first);
    const [row] = await database.db.select().from(quarantinedEvent);
    expect(row).toMatchObject({ redeliveryCount: 1 });
  });
});

describe('what waits in quarantine', () => {
  const readRow = async () =>
    (await database.db.select().from(callLog)).find((row) => row.callSid === callSid);

  test('is taken over by the call it is about, with its retries and its jobs', async () => {
    await service.tell(recording(1, 'completed'));
    await service.tell(recording(1, 'completed'));
    await service.tell(voice(), { From: customer, To: shop });
    expect(await quarantine()).toEqual([]);
    expect(await readRow()).toMatchObject({ businessId: shopId, recordingCount: 1, webhookRetryCount: 1 });
    const { rows } = await database.pool.query(
      'select identifier from graphile_worker._private_jobs join graphile_worker._private_tasks t on t.id = task_id',
    );
    expect(rows).toEqual([{ identifier: 'offline_stt' }]);
  });

  test('of a leg, and of the leg of that leg, is taken over with the parent', async () => {
    const leg = {
      CallSid: sid('CA', 2),
      ParentCallSid: callSid,
      Direction: 'outbound-dial',
      From: bakery,
      To: customer,
    };
    const inner = { ...leg, CallSid: sid('CA', 3), ParentCallSid: sid('CA', 2) };
    await service.tell(recording(1, 'completed'), { CallSid: sid('CA', 3) });
    await service.tell(status('ringing', 2), inner);
    await service.tell(status('ringing', 2), leg);
    expect(await owners()).toEqual({});
    await service.tell(voice(), { From: customer, To: shop });
    expect(await owners()).toEqual({ [callSid]: shopId, [sid('CA', 2)]: shopId, [sid('CA', 3)]: shopId });
    expect(await quarantine()).toEqual([]);
  });

  test('is not taken over from another account', async () => {
    await service.tell(recording(1, 'completed'), { AccountSid: sid('AC', 66) });
    await service.tell(voice(), { From: customer, To: shop });
    expect(await quarantine()).toHaveLength(1);
    expect(await readRow()).toMatchObject({ recordingCount: 0 });
  });

  test('never stays behind when both come at once', async () => {
    for (let n = 1; n <= 10; n++) {
      const CallSid = sid('CA', n);
      await Promise.all([
        service.tell(recording(n, 'completed'), { CallSid }),
        service.tell(completed(61, 59), { CallSid, From: customer, To: shop }),
        service.tell(stream(n, 'stream-started', 2), { CallSid }),
      ]);
    }
    expect(await quarantine()).toEqual([]);
    const rows = await database.db.select().from(callLog);
    expect(rows.map((row) => [row.recordingCount, row.streamConnectCount])).toEqual(Array(10).fill([1, 1]));
  });
});
