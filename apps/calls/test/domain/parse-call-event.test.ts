// What is read of a webhook's parameters, and what of them may be stored.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventKind } from '../../src/domain/call-event.ts';
import { type Params, parseCallEvent } from '../../src/domain/parse-call-event.ts';
import { redactParams } from '../../src/domain/redact-params.ts';
import { after, completed, recording, sid, stream, streamEnded, trouble, voice } from '../support/events.ts';

const delivered = { receivedAt: after(0), redeliveries: 0 };
const parse = (kind: EventKind, params: Params) => parseCallEvent(kind, params, delivered);

describe('business keys', () => {
  test.each([
    [voice(), `voice:${sid('CA', 1)}`],
    [streamEnded(), `stream-ended:${sid('CA', 1)}:`],
    [completed(60, 50), `status:${sid('CA', 1)}:completed:3`],
    [completed(60, 50, { SequenceNumber: '' }), `status:${sid('CA', 1)}:completed:`],
    [stream(1, 'stream-started', 2), `stream:${sid('MZ', 1)}:stream-started`],
    [recording(1, 'completed'), `recording:${sid('RE', 1)}:completed`],
    [trouble(1), `debugger:${sid('NO', 1)}`],
  ])('%j', ({ kind, params }, key) => {
    expect(parse(kind, params).key).toBe(key);
  });
});

describe('a recorded payload of the provider', () => {
  test('of a recording is read whole', () => {
    const form = new URLSearchParams(
      'RecordingSource=StartCallRecordingAPI&RecordingTrack=both&RecordingSid=RE0123456789abcdef0123456789abcdef&RecordingUrl=https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/Recordings/RE0123456789abcdef0123456789abcdef&RecordingStatus=completed&RecordingChannels=2&ErrorCode=0&CallSid=CA0123456789abcdef0123456789abcdef&RecordingStartTime=Wed, 20 Apr 2022 23:45:25 %2B0000&AccountSid=AC0123456789abcdef0123456789abcdef&RecordingDuration=11',
    );
    expect(parse('recording status', Object.fromEntries(form))).toMatchObject({
      recordingSid: 'RE0123456789abcdef0123456789abcdef',
      status: 'completed',
      source: 'StartCallRecordingAPI',
      channels: 2,
      durationSec: 11,
      startedAt: new Date('2022-04-20T23:45:25Z'),
      errorCode: null,
    });
  });

  test('of a final status gives seconds, not billed minutes', () => {
    expect(parse('call status', completed(60, 49).params)).toMatchObject({ durationSec: 49, sequence: 3 });
  });
});

test.each([
  ['Sun, 25 Mar 2018 09:53:19 +0000', '2018-03-25T09:53:19Z'],
  ['Sun, 25 Mar 2018 09:53:19 GMT', '2018-03-25T09:53:19Z'],
  ['2018-03-25T09:53:19.250Z', '2018-03-25T09:53:19.250Z'],
  ['2018-03-25T09:53:19', '2018-03-25T09:53:19Z'],
  ['2018-03-25T12:53:19+03:00', '2018-03-25T09:53:19Z'],
])('the time %s is %s in any time zone of the process', (Timestamp, instant) => {
  const params = { ...stream(1, 'stream-started', 0).params, Timestamp };
  expect(parse('stream status', params).at).toEqual(new Date(instant));
});

test.each(['', 'yesterday', '+275760-09-13T00:00:00Z', '0001-01-01T00:00:00Z'])(
  'a time that cannot be (%j) is unknown, and the event is kept',
  (Timestamp) => {
    expect(parse('stream status', { ...stream(1, 'stream-started', 0).params, Timestamp }).at).toBeNull();
  },
);

test.each(['-1', '1e9', '2147483648', 'eleven', ' '])('a duration of %j is unknown', (CallDuration) => {
  expect(parse('call status', completed(60, 1, { CallDuration }).params)).toMatchObject({
    durationSec: null,
  });
});

test.each<[EventKind, Params]>([
  ['voice request', {}],
  ['voice request', { CallSid: "'; drop table call_log; --" }],
  ['stream status', { CallSid: sid('CA', 1), StreamEvent: 'stream-started' }],
  ['recording status', { CallSid: sid('CA', 1), RecordingSid: sid('RE', 1) }],
  ['debugger', { Payload: '{}' }],
])('%s without its identity (%j) is refused', (kind, params) => {
  expect(() => parse(kind, params)).toThrow();
});

test.each(['not json', '[]', 'null', '{"resource_sid":7,"error_code":{},"more_info":"x"}', ''])(
  'a debugger payload of %j still counts as an event',
  (Payload) => {
    expect(parse('debugger', { Sid: sid('NO', 1), Payload })).toMatchObject({
      callSid: null,
      errorCode: null,
    });
    expect(redactParams('debugger', { Sid: sid('NO', 1), Payload })).toHaveProperty('Sid');
  },
);

test('a debugger event about something else than a call names no call', () => {
  const Payload = JSON.stringify({ resource_sid: sid('MZ', 1), error_code: 31920 });
  expect(parse('debugger', { Sid: sid('NO', 1), Payload })).toMatchObject({
    callSid: null,
    errorCode: 31920,
  });
});

describe('redaction', () => {
  const number = fc.integer({ min: 1_000_000, max: 999_999_999_999 }).map((digits) => `+${digits}`);

  test('leaves no phone number, whichever field it is in', () => {
    const fields = fc.constantFrom(
      'From',
      'To',
      'Called',
      'Caller',
      'ForwardedFrom',
      'FromCity',
      'CallToken',
      'StreamError',
      'X',
    );
    fc.assert(
      fc.property(fc.dictionary(fields, number), number, (params, quoted) => {
        const Payload = JSON.stringify({
          resource_sid: sid('CA', 1),
          error_code: '11205',
          more_info: {
            Msg: `https://example.com/webhook?From=${encodeURIComponent(quoted)}&x=1`,
            parserMessage: quoted,
          },
          webhook: { request: { parameters: { From: quoted, CallSid: sid('CA', 1) } } },
        });
        const stored = JSON.stringify(redactParams('debugger', { ...params, Sid: sid('NO', 1), Payload }));
        for (const each of [quoted, ...Object.values(params)]) expect(stored).not.toContain(each.slice(1));
      }),
    );
  });

  test.each([
    voice(),
    completed(60, 50),
    stream(1, 'stream-started', 2),
    recording(1, 'completed'),
    trouble(1),
  ])('keeps what the event says: %j', ({ kind, params }) => {
    const all = { ...params, From: '+972501234567', To: '+15005550006', FromCity: 'Haifa' };
    expect(parse(kind, redactParams(kind, all))).toEqual(parse(kind, all));
  });
});
