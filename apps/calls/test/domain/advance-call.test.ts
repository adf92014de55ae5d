// The state machine: the same set of events gives the same call, and each column says what the events say.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanceCall } from '../../src/domain/advance-call.ts';
import type { CallState } from '../../src/domain/call.ts';
import type { CallEvent } from '../../src/domain/call-event.ts';
import {
  after,
  callSid,
  completed,
  event,
  recording,
  sid,
  status,
  stream,
  streamEnded,
  type Telling,
  trouble,
  voice,
} from '../support/events.ts';

const advance = (...tellings: Telling[]) =>
  advanceCall(
    callSid,
    tellings.map((telling) => event(telling)),
  );

/** Often the same one, so that times alone cannot order the events. */
const second = fc.oneof(fc.integer({ min: 0, max: 2 }), fc.integer({ min: 0, max: 7200 }));
const telling: fc.Arbitrary<Telling> = fc.oneof(
  fc.constant(voice()),
  fc.constant(streamEnded()),
  fc
    .tuple(fc.constantFrom('initiated', 'ringing', 'in-progress', 'busy', 'canceled', 'nonsense'), second)
    .map(([name, at]) => status(name, at, { SequenceNumber: String(at % 4) })),
  fc.tuple(second, fc.integer({ min: 0, max: 7200 })).map(([at, seconds]) => completed(at, seconds)),
  fc.constant(
    completed(60, 50, { RecordingSid: sid('RE', 9), RecordingDuration: '48', SequenceNumber: '9' }),
  ),
  fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('stream-started', 'stream-stopped', 'stream-error'),
      second,
    )
    .map(([n, name, at]) => stream(n, name, at)),
  fc
    .tuple(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom('in-progress', 'completed', 'absent', 'paused'),
      fc.constantFrom('OutboundAPI', 'StartCallRecordingAPI', 'DialVerb'),
    )
    .map(([n, name, RecordingSource]) => recording(n, name, { RecordingSource })),
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.constantFrom('11205', '11200', '12100'), second)
    .map(([n, code, at]) => trouble(n, code, at)),
);

/** Distinct events, each received at a moment of its own. */
const events = fc
  .uniqueArray(fc.tuple(telling, second), { selector: ([each]) => event(each).key, maxLength: 14 })
  .map((told) => told.map(([each, at]) => event(each, after(at))));

const inAnyOrder = (of: readonly CallEvent[]) => fc.shuffledSubarray([...of], { minLength: of.length });

describe('the same set of events', () => {
  test('gives the same call in any order', () => {
    fc.assert(
      fc.property(
        events.chain((of) => fc.tuple(fc.constant(of), inAnyOrder(of))),
        ([told, shuffled]) => {
          expect(advanceCall(callSid, shuffled)).toEqual(advanceCall(callSid, told));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('gives the same call in any multiplicity, but for the retry count, its reason and the bucket that follows', () => {
    const repeated = events.chain((of) =>
      fc.tuple(
        fc.constant(of),
        fc
          .array(fc.tuple(fc.nat({ max: Math.max(0, of.length - 1) }), second), { maxLength: 8 })
          .map((again) =>
            of.length === 0
              ? []
              : again.map(([index, late]) => ({
                  ...of[index]!,
                  receivedAt: new Date(of[index]!.receivedAt.getTime() + late * 1000),
                })),
          )
          .chain((again) => inAnyOrder([...of, ...again])),
      ),
    );
    fc.assert(
      fc.property(repeated, ([told, deliveries]) => {
        const once = advanceCall(callSid, told);
        const often = advanceCall(callSid, deliveries);
        expect(often.cost.webhookRetryCount).toBe(deliveries.length - told.length);
        expect(withoutRetries(often)).toEqual(withoutRetries(once));
        if (deliveries.length - told.length <= 2) expect(often.costReasons).toEqual(once.costReasons);
      }),
      { numRuns: 1000 },
    );
  });

  test('never takes back a final status', () => {
    fc.assert(
      fc.property(events, (told) => {
        const state = advanceCall(callSid, [...told, event(completed(60, 50, { SequenceNumber: '99' }))]);
        expect(state.status).toBe('completed');
        expect(state.endedAt).not.toBeNull();
        expect(state.cost.recordingMode).not.toBeNull();
      }),
    );
  });
});

function withoutRetries({ cost, costReasons, ...state }: CallState) {
  const { webhookRetryCount: _retries, estimatedCostBucket: _bucket, ...rest } = cost;
  return {
    ...state,
    cost: rest,
    costReasons: costReasons.filter(({ reason }) => reason !== 'webhook retried'),
  };
}

describe('status, duration and identity', () => {
  test('follow the furthest status, whatever came last', () => {
    expect(advance(completed(60, 49), status('ringing', 1), voice())).toMatchObject({
      status: 'completed',
      duration: 49,
      endedAt: after(60),
      direction: 'inbound',
      twilioDirection: 'inbound',
    });
    expect(advance(voice(), status('in-progress', 2), status('ringing', 3)).status).toBe('in-progress');
  });

  test('a final status with a higher sequence number beats another final one', () => {
    const busy = status('busy', 70, { SequenceNumber: '1' });
    expect(advance(busy, completed(60, 49)).status).toBe('completed');
  });

  test('CallDuration is seconds and Duration (billed minutes) is not taken for it', () => {
    expect(advance(status('completed', 60, { Duration: '1', CallDuration: '49' })).duration).toBe(49);
    expect(advance(status('completed', 60, { Duration: '1' })).duration).toBeNull();
  });

  test('a lone event without any status leaves status and direction unknown', () => {
    expect(advance(stream(1, 'stream-started', 3))).toMatchObject({ status: null, direction: 'unknown' });
  });

  test('outbound legs of every kind are outbound', () => {
    expect(advance(status('ringing', 1, { Direction: 'outbound-dial' }))).toMatchObject({
      direction: 'outbound',
      twilioDirection: 'outbound-dial',
    });
  });

  test('the last error of the debugger is the error of the call', () => {
    expect(advance(trouble(2, '11200', 41), trouble(1, '11205', 45))).toMatchObject({
      errorCode: 11205,
      errorMessage: 'error 11205',
    });
  });
});

describe('recordings', () => {
  test('the call shows the longest completed one', () => {
    const short = recording(1, 'completed', { RecordingDuration: '10' });
    const long = recording(2, 'completed', { RecordingDuration: '50' });
    expect(advance(short, long, recording(3, 'absent')).recordingSid).toBe(sid('RE', 2));
  });

  test('one that only the final status names counts, and is filled in by its own callback', () => {
    const named = completed(60, 50, { RecordingSid: sid('RE', 1), RecordingDuration: '48' });
    const alone = advance(named);
    expect(alone.cost).toMatchObject({ recordingCount: 1, recordingMode: 'TWILIO_CALL_RECORD' });
    const both = advance(named, recording(1, 'completed', { RecordingSource: 'StartCallRecordingAPI' }));
    expect(both.cost).toMatchObject({ recordingCount: 1, recordingMode: 'RECORDING_API' });
  });
});
