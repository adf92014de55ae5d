// Who may send a webhook: only whoever signed the configured public URL and every parameter with one of our tokens.
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callEvent, quarantinedEvent } from '../../src/db/schema.ts';
import { isSigned } from '../../src/webhooks/signature.ts';
import { WEBHOOKS } from '../../src/webhooks/webhook.ts';
import { makeTenant, startTestServer, type TestDatabase, type TestServer } from '../support/database.ts';
import { sid, status } from '../support/events.ts';
import { type Form, publicBaseUrl, type Service, sign, startService, token } from '../support/service.ts';

const number = '+15005550006';
const path = '/webhook/call_status';
const form = (n: number, ...more: Form): Form => [
  ...Object.entries({ ...status('ringing', 1).params, To: number, CallSid: sid('CA', n) }),
  ...more,
];

let server: TestServer;
let database: TestDatabase;
let service: Service;

beforeAll(async () => {
  server = await startTestServer();
  database = await server.makeDatabase();
  await makeTenant(database, { number });
  service = await startService(database, { authTokens: [token, 'the-next-token'] });
});
afterAll(async () => {
  await service.close();
  await server.stop();
});
beforeEach(async () => {
  await database.pool.query('truncate call_log cascade');
});

const stored = async () =>
  (await database.db.$count(callEvent)) + (await database.db.$count(quarantinedEvent));

describe('is accepted', () => {
  test('a form that is signed for the public URL', async () => {
    expect(await service.post(path, form(1))).toMatchObject({ status: 204 });
    expect(await stored()).toBe(1);
  });

  test('one that is signed with the second token', async () => {
    expect(await service.post(path, form(1), { token: 'the-next-token' })).toMatchObject({ status: 204 });
  });

  test('empty and non-Latin values, spaces, signs and repeated parameters', async () => {
    const odd: Form = [
      ['CallerName', ''],
      ['FromCity', 'חיפה & "צפון" +1%2B'],
      ['StatusCallbackEvent', 'ringing'],
      ['StatusCallbackEvent', 'completed'],
      ['StatusCallbackEvent', 'ringing'],
    ];
    expect(await service.post(path, form(1, ...odd))).toMatchObject({ status: 204 });
  });

  test('a query string, exactly as it was sent', async () => {
    expect(await service.post(`${path}?a=b%20c&d=%27e%27&&f=(g)`, form(1))).toMatchObject({ status: 204 });
  });

  test('a GET, whose parameters are signed as part of the URL', async () => {
    const query = new URLSearchParams(form(1)).toString();
    const signature = sign(`${publicBaseUrl}${path}?${query}`, []);
    expect(
      await service.send(`${path}?${query}`, { headers: { 'x-twilio-signature': signature } }),
    ).toMatchObject({ status: 204 });
    expect(await stored()).toBe(1);
  });
});

describe('is refused with 403 and leaves nothing', () => {
  const refused = async (answer: Promise<unknown>) => {
    expect(await answer).toMatchObject({
      status: 403,
      type: expect.stringContaining('application/problem+json'),
    });
    expect(await stored()).toBe(0);
  };

  test('no signature', () => refused(service.post(path, form(1), { signature: null })));
  test('an empty signature', () => refused(service.post(path, form(1), { signature: '' })));
  test('another token', () => refused(service.post(path, form(1), { token: 'guessed' })));
  test('an empty token', () =>
    refused(service.post(path, form(1), { signature: sign(publicBaseUrl + path, form(1), '') })));
  test('a signature for another path', () =>
    refused(
      service.post(path, form(1), { signature: sign(`${publicBaseUrl}/webhook/incoming_call`, form(1)) }),
    ));
  test('a signature for the address we listen on', () =>
    refused(service.post(path, form(1), { signature: sign(`${service.url}${path}`, form(1)) })));
  test('a changed parameter', () =>
    refused(service.post(path, form(2), { signature: sign(publicBaseUrl + path, form(1)) })));
  test('an added parameter', () =>
    refused(
      service.post(path, form(1, ['RecordingSid', 'RE1']), {
        signature: sign(publicBaseUrl + path, form(1)),
      }),
    ));
  test('parameters moved from the form into the query', async () => {
    const query = new URLSearchParams(form(1)).toString();
    await refused(
      service.send(`${path}?${query}`, {
        headers: { 'x-twilio-signature': sign(publicBaseUrl + path, form(1)) },
      }),
    );
  });
  test('a host that the caller claims', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-host': 'evil.example.com',
      'x-forwarded-proto': 'https',
      'x-twilio-signature': sign(`https://evil.example.com${path}`, form(1)),
    };
    const body = new URLSearchParams(form(1)).toString();
    await refused(service.send(path, { method: 'POST', headers, body }));
  });
  test.each(Object.keys(WEBHOOKS))('any unsigned request to %s', async (each) => {
    await refused(service.post(each, form(1), { signature: null }));
    await refused(service.send(each));
  });
});

describe('the signed URL', () => {
  const keys = { authTokens: [token], publicBaseUrl };
  const params = { CallSid: sid('CA', 1), From: '+972501234567' };
  const pairs = Object.entries(params);

  // Computed once with `openssl dgst -sha1 -hmac a-token-for-tests -binary | base64`.
  test('matches a vector that was computed elsewhere', () => {
    expect(
      sign('https://calls.example.com/webhook/call_status', [
        ['CallSid', 'CA1'],
        ['To', '+1500'],
      ]),
    ).toBe('QABTk5bSh2hpluITOqaLu2weXL4=');
  });

  test('never contains the fragment, which carries connection overrides', () => {
    const signature = sign(`${publicBaseUrl}${path}`, pairs);
    const rawUrl = `${path}#rc=2&rp=all`;
    expect(isSigned({ rawUrl, signature, form: params }, keys)).toBe(true);
    const withFragment = sign(`${publicBaseUrl}${rawUrl}`, pairs);
    expect(isSigned({ rawUrl, signature: withFragment, form: params }, keys)).toBe(false);
  });

  test('is accepted with and without the standard port, since the provider signs both ways', () => {
    const signature = sign(`https://calls.example.com:443${path}`, pairs);
    expect(isSigned({ rawUrl: path, signature, form: params }, keys)).toBe(true);
  });

  test('fails closed without a token and with two signatures', () => {
    const signature = sign(`${publicBaseUrl}${path}`, pairs);
    expect(isSigned({ rawUrl: path, signature, form: params }, { ...keys, authTokens: [] })).toBe(false);
    const byNobody = sign(`${publicBaseUrl}${path}`, pairs, '');
    expect(isSigned({ rawUrl: path, signature: byNobody, form: params }, { ...keys, authTokens: [''] })).toBe(
      false,
    );
    expect(isSigned({ rawUrl: path, signature: [signature, signature], form: params }, keys)).toBe(false);
  });
});
