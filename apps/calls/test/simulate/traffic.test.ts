// Traffic against a server that verifies with twilio's library and answers with twilio's TwiML builder.
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeScript } from '../../src/simulate/make-script.ts';
import { type Provider, startProvider } from '../../src/simulate/provider.ts';
import { renderSummary } from '../../src/simulate/summary.ts';
import { runTraffic, type TrafficOptions } from '../../src/simulate/traffic.ts';
import {
  makeTwiml,
  publicUrl,
  type Received,
  startVerifyingServer,
  type VerifyingServer,
} from './verifying-server.ts';

const authToken = 'a token of the test';
const callee = { accountSid: `AC${'0'.repeat(32)}`, number: '+972720000000' };
const seed = 'traffic';

let server: VerifyingServer;
let provider: Provider;

beforeEach(async () => {
  server = await startVerifyingServer(authToken);
  provider = await startProvider({ transcriptionKey: 'key' });
});
afterEach(async () => {
  await server.close();
  await provider.close();
});

function play(options: Partial<TrafficOptions>) {
  return runTraffic({ url: server.url, publicUrl, authToken, callee, provider, seed, rate: 100, ...options });
}

test('every planned webhook arrives signed, and nothing else does', async () => {
  const summary = await play({ calls: 30 });
  const scripts = Array.from({ length: 30 }, (_, index) => makeScript(seed, index, callee));
  const planned = scripts.flatMap(({ deliveries }) =>
    deliveries.flatMap(({ event, token, redeliveredAfterMs }) =>
      [token, ...redeliveredAfterMs.map(() => token)].map((each) => `${event.kind} ${each}`),
    ),
  );
  expect(
    server.received.map(({ path, token }) => `${path.replace('/webhook/', '')} ${token}`).sort(),
  ).toEqual(planned.sort());
  expect(server.received.every(({ valid }) => valid)).toBe(true);
  expect(summary.total).toMatchObject({ sent: planned.length, ok: planned.length, failed: 0 });
  expect(summary.total.redelivered).toBeGreaterThan(5);
  expect(summary.problems).toEqual({});
  expect(summary.calls).toBe(30);
  expect(renderSummary(summary)).toContain('every webhook was answered as the provider expects');
});

test('a repetition has the token and the form of the first request', async () => {
  await play({ calls: 20 });
  const byToken = new Map<string, Received[]>();
  for (const request of server.received)
    byToken.set(request.token, [...(byToken.get(request.token) ?? []), request]);
  const repeated = [...byToken.values()].filter((requests) => requests.length > 1);
  expect(repeated.length).toBeGreaterThan(3);
  for (const [first, ...others] of repeated) {
    for (const other of others) expect(other).toEqual(first);
  }
});

test('events of a stream, and of a recording by TwiML, are sent only when the TwiML starts them', async () => {
  server.answerVoice = () => ({ status: 200, body: '<Response><Hangup/></Response>' });
  const summary = await play({ calls: 10 });
  expect(summary.webhooks.stream_status).toBeUndefined();
  expect(summary.webhooks.stream_ended).toBeUndefined();
  const sources = server.received
    .map(({ form }) => form.RecordingSource)
    .filter((source) => source !== undefined);
  expect(sources).not.toContain('StartCallRecordingTwiML');
  expect(sources).toContain('OutboundAPI');
  expect(summary.webhooks.call_status!.ok).toBeGreaterThanOrEqual(10);
});

test('an answer that is an error or no TwiML is counted as failed, with its reason', async () => {
  server.answerVoice = (visit) =>
    visit === 0 ? { status: 500, body: 'sorry' } : { status: 200, body: 'ok' };
  const summary = await play({ calls: 6 });
  const voice = summary.webhooks.incoming_call!;
  expect(voice).toMatchObject({ ok: 0, failed: voice.sent });
  expect(summary.problems).toEqual({
    'incoming_call: HTTP 500': 1,
    'incoming_call: the answer is not TwiML: it has no complete <Response>': voice.sent - 1,
  });
  expect(renderSummary(summary)).toContain('✗ incoming_call: HTTP 500 (1 times)');
});

test('a repetition that gets other TwiML than the first request is counted as failed', async () => {
  server.answerVoice = (visit) => ({ status: 200, body: makeTwiml(`visit ${visit}`) });
  const summary = await play({ calls: 30 });
  const repeated = summary.webhooks.incoming_call!.redelivered;
  expect(repeated).toBeGreaterThan(0);
  expect(summary.problems).toEqual({ 'incoming_call: a repetition was answered with other TwiML': repeated });
});

test('TwiML that sends the call to another server is counted as failed', async () => {
  server.answerVoice = () => ({
    status: 200,
    body: makeTwiml().replace('https://calls.example', 'https://elsewhere.example'),
  });
  const summary = await play({ calls: 3 });
  expect(Object.keys(summary.problems)).toEqual([
    'stream_status: the TwiML names https://elsewhere.example, which is not this server',
  ]);
});

test('a server that is not there fails every webhook', async () => {
  await server.close();
  const summary = await play({ calls: 2 });
  expect(summary.total).toMatchObject({ ok: 0, p50: undefined });
  expect(summary.total.failed).toBeGreaterThanOrEqual(2);
  expect(Object.keys(summary.problems)[0]).toMatch(/ECONNREFUSED/);
});

test('a run ends by itself after its seconds', async () => {
  const summary = await play({ seconds: 0.2, rate: 50 });
  expect(summary.calls).toBe(10);
});

test('a stopped run begins no further call and plays the running ones to their end', async () => {
  const stop = new AbortController();
  server.answerVoice = () => {
    stop.abort();
    return { status: 200, body: makeTwiml() };
  };
  const summary = await play({ seconds: 600, rate: 10, signal: stop.signal });
  expect(summary.calls).toBeLessThan(3);
  const kinds = server.received.filter(
    ({ form }) => form.CallStatus === makeScript(seed, 0, callee).finalStatus,
  );
  expect(kinds.length).toBeGreaterThan(0);
  expect(summary.total.failed).toBe(0);
});

test.each(['https://api.example.com', 'http://10.0.0.1:5000', 'http://[2001:db8::1]/', 'ftp://localhost/'])(
  '%s is refused: only servers of this machine are called',
  async (elsewhere) => {
    await expect(play({ url: elsewhere, calls: 1 })).rejects.toThrow(/refused/);
    expect(server.received).toEqual([]);
  },
);

test('a run without an end or without a rate is refused', async () => {
  await expect(play({})).rejects.toThrow(RangeError);
  await expect(play({ calls: 1, rate: 0 })).rejects.toThrow(RangeError);
});
