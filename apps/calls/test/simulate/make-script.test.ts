// Scripts are reproducible and keep the provider's rules.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallScript, ProviderEvent } from '../../src/simulate/call-script.ts';
import { makeForm } from '../../src/simulate/make-form.ts';
import { makeScript } from '../../src/simulate/make-script.ts';

const callee = { accountSid: `AC${'0'.repeat(32)}`, number: '+972720000000' };
const setting = {
  startedAt: new Date('2026-03-25T09:53:19.250Z'),
  recordingsUrl: 'https://api.twilio.com',
  voiceUrl: 'https://calls.example/webhook/incoming_call',
};
const script = fc.tuple(fc.string(), fc.nat(100_000)).map(([seed, index]) => makeScript(seed, index, callee));

function eventsOf<Kind extends ProviderEvent['kind']>(call: CallScript, kind: Kind) {
  return call.deliveries
    .filter(({ event }) => event.kind === kind)
    .sort((one, other) => one.occursAtMs - other.occursAtMs)
    .map(({ event }) => event as Extract<ProviderEvent, { kind: Kind }>);
}

test('the same seed and number give the same call, another seed or number gives another', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(1000), (seed, index) => {
      const call = makeScript(seed, index, callee);
      expect(makeScript(seed, index, callee)).toEqual(call);
      expect(makeScript(seed, index + 1, callee).callSid).not.toBe(call.callSid);
      expect(makeScript(`${seed}x`, index, callee).callSid).not.toBe(call.callSid);
    }),
  );
});

test('a call begins with its voice request, and its statuses are numbered from 0 and end in its final status', () => {
  fc.assert(
    fc.property(script, (call) => {
      expect(call.deliveries[0]!.event.kind).toBe('incoming_call');
      const statuses = eventsOf(call, 'call_status');
      expect(statuses.map(({ sequenceNumber }) => sequenceNumber)).toEqual(
        statuses.map((_, position) => position),
      );
      expect(statuses.at(-1)!.status).toBe(call.finalStatus);
      expect(statuses.filter(({ status }) => status === 'in-progress').length).toBeLessThanOrEqual(
        call.durationSec > 0 ? 1 : 0,
      );
    }),
  );
});

test('every stream starts and stops, every recording ends, and the Connect action comes once', () => {
  fc.assert(
    fc.property(script, (call) => {
      const streams = eventsOf(call, 'stream_status');
      for (const streamSid of call.streamSids) {
        const own = streams.filter((event) => event.streamSid === streamSid);
        expect(own.map(({ streamEvent }) => streamEvent)).toEqual(['stream-started', 'stream-stopped']);
      }
      expect(eventsOf(call, 'stream_ended')).toHaveLength(call.streamSids.length > 0 ? 1 : 0);
      const ended = eventsOf(call, 'recording_status').filter(({ status }) => status !== 'in-progress');
      expect(ended.map(({ recording }) => recording.recordingSid)).toEqual(
        call.recordings.map(({ recordingSid }) => recordingSid),
      );
    }),
  );
});

test('identifiers have the shapes of the provider and are never shared', () => {
  fc.assert(
    fc.property(script, (call) => {
      const sids = [
        call.callSid,
        ...call.streamSids,
        ...call.recordings.map(({ recordingSid }) => recordingSid),
        ...eventsOf(call, 'twilio_error').map(({ notificationSid }) => notificationSid),
      ];
      for (const sid of sids) expect(sid).toMatch(/^(CA|MZ|RE|NO)[0-9a-f]{32}$/);
      const tokens = call.deliveries.map((delivery) => delivery.token);
      for (const token of tokens)
        expect(token).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(new Set([...sids, ...tokens]).size).toBe(sids.length + tokens.length);
    }),
  );
});

test('two hundred calls show everything that the simulator can do', () => {
  const calls = Array.from({ length: 200 }, (_, index) => makeScript('all of it', index, callee));
  const some = (holds: (call: CallScript) => boolean): number => calls.filter(holds).length;
  expect(some((call) => call.recordings.length === 2)).toBeGreaterThan(5);
  expect(some((call) => call.finalStatus === 'completed' && call.recordings.length === 0)).toBeGreaterThan(5);
  expect(some((call) => call.finalStatus !== 'completed')).toBeGreaterThan(5);
  expect(some((call) => call.streamSids.length === 2)).toBeGreaterThan(5);
  expect(some((call) => call.recordings.some(({ absent }) => absent))).toBeGreaterThan(0);
  expect(some((call) => call.recordings.some(({ notFoundTimes }) => notFoundTimes > 0))).toBeGreaterThan(0);
  expect(
    some((call) => eventsOf(call, 'twilio_error').some(({ errorCode }) => errorCode === '11205')),
  ).toBeGreaterThan(5);
  expect(
    some((call) => call.deliveries.some(({ redeliveredAfterMs }) => redeliveredAfterMs.length > 0)),
  ).toBeGreaterThan(50);
  expect(some((call) => call.deliveries.some(({ sentAfterMs }) => sentAfterMs < 0))).toBeGreaterThan(0);
  const reordered = some((call) => {
    const sent = [...call.deliveries].sort((one, other) => one.sentAfterMs - other.sentAfterMs);
    return sent.some(({ occursAtMs }, place) => occursAtMs < (sent[place - 1]?.occursAtMs ?? 0));
  });
  expect(reordered).toBeGreaterThan(20);
});

test('forms carry the fields of the provider: seconds, billed minutes, and both date formats', () => {
  const calls = Array.from({ length: 100 }, (_, index) => makeScript('forms', index, callee));
  const call = calls.find(
    ({ durationSec, recordings }) =>
      durationSec > 0 &&
      recordings.length === 1 &&
      recordings[0]!.source === 'OutboundAPI' &&
      !recordings[0]!.absent,
  )!;
  const formOf = (holds: (event: ProviderEvent) => boolean) =>
    makeForm(call, call.deliveries.find(({ event }) => holds(event))!, setting);
  const recording = call.recordings[0]!;
  const recordingUrl = `https://api.twilio.com/2010-04-01/Accounts/${callee.accountSid}/Recordings/${recording.recordingSid}`;
  expect(formOf((event) => event.kind === 'call_status' && event.status === 'completed')).toMatchObject({
    CallSid: call.callSid,
    CallStatus: 'completed',
    CallDuration: String(call.durationSec),
    Duration: '1',
    CallbackSource: 'call-progress-events',
    RecordingSid: recording.recordingSid,
    RecordingUrl: recordingUrl,
    Timestamp: expect.stringMatching(/^Wed, 25 Mar 2026 09:53:\d\d \+0000$/),
    FromCity: '',
  });
  expect(formOf((event) => event.kind === 'recording_status' && event.status === 'completed')).toMatchObject({
    RecordingSource: 'OutboundAPI',
    RecordingStartTime: 'Wed, 25 Mar 2026 09:53:21 +0000',
    RecordingUrl: recordingUrl,
    RecordingDuration: String(Math.round(recording.seconds)),
    ErrorCode: '0',
  });
  expect(formOf((event) => event.kind === 'stream_status')).toMatchObject({
    StreamEvent: 'stream-started',
    Timestamp: '2026-03-25T09:53:21.400Z',
  });
});

test('a debugger event names its call inside the payload only', () => {
  const calls = Array.from({ length: 100 }, (_, index) => makeScript('trouble', index, callee));
  const call = calls.find((each) => eventsOf(each, 'twilio_error').length > 0)!;
  const form = makeForm(call, call.deliveries.find(({ event }) => event.kind === 'twilio_error')!, setting);
  expect(form).not.toHaveProperty('CallSid');
  expect(form.Sid).toMatch(/^NO/);
  expect(JSON.parse(form.Payload!)).toMatchObject({ resource_sid: call.callSid });
});
