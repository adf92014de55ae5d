// The nine cost metrics and the bucket with its reasons, case by case.
import { describe, expect, test } from 'vitest';
import { advanceCall } from '../../src/domain/advance-call.ts';
import {
  after,
  callSid,
  completed,
  event,
  recording,
  status,
  stream,
  streamEnded,
  type Telling,
  trouble,
  voice,
} from '../support/events.ts';

const costOf = (...tellings: Telling[]) =>
  advanceCall(
    callSid,
    tellings.map((telling) => event(telling)),
  );
const streamed = (from: number, to: number, n = 1) => [
  stream(n, 'stream-started', from),
  stream(n, 'stream-stopped', to),
];

describe('the metrics', () => {
  test('of a healthy recorded call whose stream spans it', () => {
    const { cost, costReasons } = costOf(
      voice(),
      ...streamed(2, 60),
      streamEnded(),
      completed(61, 59),
      recording(1, 'completed'),
    );
    expect(cost).toEqual({
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
    expect(costReasons).toEqual([]);
  });

  test.each([
    ['OutboundAPI', 'TWILIO_CALL_RECORD'],
    ['DialVerb', 'TWILIO_CALL_RECORD'],
    ['RecordVerb', 'TWILIO_CALL_RECORD'],
    ['StartCallRecordingTwiML', 'TWILIO_CALL_RECORD'],
    ['StartCallRecordingAPI', 'RECORDING_API'],
    ['StartConferenceRecordingAPI', 'RECORDING_API'],
  ])('RecordingSource %s is mode %s', (RecordingSource, mode) => {
    expect(costOf(recording(1, 'in-progress', { RecordingSource })).cost.recordingMode).toBe(mode);
  });

  test('a call that ended without a recording was OFF; while it goes on nobody knows', () => {
    expect(costOf(completed(60, 50)).cost.recordingMode).toBe('OFF');
    expect(costOf(status('in-progress', 2)).cost.recordingMode).toBeNull();
  });

  test('of two recordings the one that began first gives the mode', () => {
    const api = recording(1, 'completed', { RecordingSource: 'StartCallRecordingAPI' });
    expect(costOf(recording(2, 'completed'), api).cost).toMatchObject({
      recordingMode: 'RECORDING_API',
      recordingCount: 2,
    });
  });

  test('stop before start, as it may arrive, gives the same span', () => {
    expect(
      costOf(stream(1, 'stream-stopped', 60), stream(1, 'stream-started', 2)).cost.streamDurationSec,
    ).toBe(58);
  });

  test('a lost stop is replaced by the end of the call', () => {
    const { cost, streams } = costOf(stream(1, 'stream-started', 2), completed(61, 59));
    expect(cost).toMatchObject({ streamEndedAt: after(61), streamDurationSec: 59 });
    expect(streams[0]?.endedBy).toBe('call ended');
  });

  test('a lost stop is replaced by the Connect action when that came first', () => {
    const deliveries = [
      event(stream(1, 'stream-started', 2)),
      event(streamEnded(), after(50)),
      event(completed(61, 59)),
    ];
    const { cost, streams } = advanceCall(callSid, deliveries);
    expect(cost.streamEndedAt).toEqual(after(50));
    expect(streams[0]?.endedBy).toBe('stream ended');
  });

  test('the Connect action of an earlier stream does not end a later one', () => {
    const deliveries = [
      ...streamed(2, 20, 1).map((telling) => event(telling)),
      event(streamEnded(), after(20)),
      event(stream(2, 'stream-started', 30)),
      event(completed(61, 59)),
    ];
    expect(
      advanceCall(callSid, deliveries).streams.map(({ endedAt, endedBy }) => [endedAt, endedBy]),
    ).toEqual([
      [after(20), 'stream event'],
      [after(61), 'call ended'],
    ]);
  });

  test('an open stream leaves end and duration unknown', () => {
    const { cost } = costOf(stream(1, 'stream-started', 2), status('in-progress', 2));
    expect(cost).toMatchObject({
      streamStartedAt: after(2),
      streamEndedAt: null,
      streamDurationSec: null,
      streamConnectCount: 1,
      estimatedCostBucket: null,
    });
  });

  test('two streams at once count twice in the duration', () => {
    const { cost } = costOf(...streamed(2, 60, 1), ...streamed(2, 60, 2));
    expect(cost).toMatchObject({ streamConnectCount: 2, streamDurationSec: 116 });
  });

  test('only distinct debugger events of the 112xx family count as failed webhooks', () => {
    const { cost } = costOf(trouble(1), trouble(1), trouble(2, '11200'), trouble(3, '12100'));
    expect(cost.webhook11205Count).toBe(2);
  });

  test('redeliveries are added up', () => {
    const deliveries = [event(voice(), after(1), 2), event(completed(60, 50), after(61), 1)];
    expect(advanceCall(callSid, deliveries).cost.webhookRetryCount).toBe(3);
  });
});

describe('the bucket', () => {
  const healthy = [...streamed(2, 60), completed(61, 59), recording(1, 'completed')];

  test.each<[string, Telling[], string | null, string[]]>([
    ['a healthy call', healthy, 'LOW', []],
    [
      'one whose stream is a little longer than its rounded duration',
      [...streamed(0, 62), completed(61, 59)],
      'LOW',
      [],
    ],
    ['a very short call with a stream of two seconds more', [...streamed(0, 3), completed(3, 1)], 'LOW', []],
    ['nobody answered', [status('no-answer', 20, { CallDuration: '0' })], 'LOW', []],
    ['busy', [status('busy', 3)], 'LOW', []],
    ['a call in progress', [status('in-progress', 2), stream(1, 'stream-started', 2)], null, []],
    ['a completed call of which neither stream nor recording was ever heard', [completed(61, 59)], null, []],
    [
      'a completed call with a stream whose start was lost',
      [stream(1, 'stream-stopped', 60), completed(61, 59)],
      null,
      [],
    ],
    ['two recordings', [...healthy, recording(2, 'completed')], 'HIGH', ['more than one recording']],
    ['one failed webhook', [...healthy, trouble(1)], 'MED', ['webhook failed']],
    [
      'five failed webhooks',
      [...healthy, ...[1, 2, 3, 4, 5].map((n) => trouble(n))],
      'MED',
      ['webhook failed'],
    ],
    [
      'two streams one after the other',
      [...streamed(2, 30, 1), ...streamed(30, 60, 2), completed(61, 59)],
      'MED',
      ['more than one stream'],
    ],
    [
      'two streams at once',
      [...streamed(2, 60, 1), ...streamed(2, 60, 2), completed(61, 59)],
      'HIGH',
      ['overlapping streams', 'more than one stream'],
    ],
    ['a stream after the hang-up', [...streamed(2, 66), completed(61, 59)], 'MED', ['long stream']],
    ['a stream of more than an hour', [...streamed(0, 3700), completed(3700, 3700)], 'MED', ['long stream']],
    [
      'a second recording while the call goes on',
      [recording(1, 'in-progress'), recording(2, 'in-progress')],
      'HIGH',
      ['more than one recording'],
    ],
  ])('%s', (_name, tellings, bucket, reasons) => {
    const { cost, costReasons } = costOf(...tellings);
    expect([cost.estimatedCostBucket, costReasons.map(({ reason }) => reason)]).toEqual([bucket, reasons]);
  });

  test('two redeliveries are normal, three are a reason', () => {
    const retried = (times: number) =>
      advanceCall(callSid, [...healthy.map((each) => event(each)), event(voice(), after(1), times)]);
    expect(retried(2).cost.estimatedCostBucket).toBe('LOW');
    expect(retried(3).cost.estimatedCostBucket).toBe('MED');
    expect(retried(3).costReasons).toEqual([
      { reason: 'webhook retried', points: 1, facts: { webhookRetryCount: 3 } },
    ]);
  });

  test('a reason says the numbers it was judged by', () => {
    const { costReasons } = costOf(...healthy, recording(2, 'completed'), recording(3, 'completed'));
    expect(costReasons).toEqual([
      { reason: 'more than one recording', points: 4, facts: { recordingCount: 3 } },
    ]);
  });
});
