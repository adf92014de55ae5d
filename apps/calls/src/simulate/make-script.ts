// Writes the script of the n-th call of a seed: the same seed and number give the same call, whatever else is played.
import type { CallScript, CallStatus, Delivery, ProviderEvent, ScriptedRecording } from './call-script.ts';
import { makeRandom, type Random } from './random.ts';

export interface Callee {
  readonly accountSid: string;
  /** The number that is called. */
  readonly number: string;
}

/** One asynchronous webhook about every so often: a whole call is played in about a third of a second. */
const pacingMs = 25;
const answeredAtMs = 2_000;

export function makeScript(seed: string, index: number, callee: Callee): CallScript {
  const random = makeRandom(`${seed}/${index}`);
  const answered = random.chance(0.88);
  const finalStatus = answered
    ? 'completed'
    : random.pick(['no-answer', 'busy', 'failed', 'canceled'] as const);
  const durationSec = answered ? random.integer(2, 25) : 0;
  const streams = answered ? (random.chance(0.12) ? 2 : 1) : 0;
  const call = {
    accountSid: callee.accountSid,
    callSid: random.sid('CA'),
    from: random.chance(0.05) ? 'anonymous' : `+9725${random.integer(10_000_000, 89_999_999)}`,
    to: callee.number,
    finalStatus: finalStatus as CallStatus,
    durationSec,
    streamSids: Array.from({ length: streams }, () => random.sid('MZ')),
    recordings: answered ? makeRecordings(random, durationSec) : [],
  };
  return { ...call, deliveries: makeDeliveries(random, call) };
}

function makeRecordings(random: Random, durationSec: number): ScriptedRecording[] {
  const fate = random.next();
  const byOthers = random.pick(['OutboundAPI', 'StartCallRecordingAPI'] as const);
  const sources: ScriptedRecording['source'][] =
    fate < 0.15
      ? []
      : fate < 0.3
        ? ['StartCallRecordingTwiML', byOthers]
        : [random.chance(0.6) ? 'StartCallRecordingTwiML' : byOthers];
  return sources.map((source) => ({
    recordingSid: random.sid('RE'),
    source,
    seconds: durationSec - 0.05 * random.integer(1, 8),
    absent: random.chance(0.05),
    notFoundTimes: random.chance(0.1) ? 1 : 0,
  }));
}

function makeDeliveries(random: Random, call: Omit<CallScript, 'deliveries'>): Delivery[] {
  const planned = planEvents(random, call);
  const order = planned.map((_, position) => position);
  if (random.chance(0.2)) shuffle(random, order);
  // Twilio may ask for the TwiML again; the second answer then starts a second stream.
  const voice = makeDelivery(random, { kind: 'incoming_call' }, 0, 0);
  const early = random.chance(0.05);
  return [
    call.streamSids.length > 1 ? { ...voice, redeliveredAfterMs: [random.integer(0, 10)] } : voice,
    ...planned.map(({ event, occursAtMs }, position) => {
      const sentAfterMs = order[position]! * pacingMs + random.integer(0, 10);
      const first = early && position === 0 && event.kind === 'call_status';
      return makeDelivery(random, event, occursAtMs, first ? -pacingMs : sentAfterMs);
    }),
  ];
}

function makeDelivery(
  random: Random,
  event: ProviderEvent,
  occursAtMs: number,
  sentAfterMs: number,
): Delivery {
  const repetitions = random.chance(0.08) ? random.integer(1, 2) : 0;
  return {
    event,
    token: random.uuid(),
    occursAtMs,
    sentAfterMs,
    redeliveredAfterMs: Array.from({ length: repetitions }, () => random.integer(0, 120)),
  };
}

/** Everything after the voice request, in the order in which it happened. */
function planEvents(
  random: Random,
  call: Omit<CallScript, 'deliveries'>,
): { event: ProviderEvent; occursAtMs: number }[] {
  const endsAtMs = answeredAtMs + call.durationSec * 1000;
  const progress: CallStatus[] = call.durationSec > 0 ? ['ringing', 'in-progress'] : ['ringing'];
  const statuses = [...(random.chance(0.6) ? progress : []), call.finalStatus];
  const planned = statuses.map((status, sequenceNumber) => ({
    event: { kind: 'call_status', status, sequenceNumber } as ProviderEvent,
    occursAtMs: status === 'ringing' ? 100 : status === 'in-progress' ? answeredAtMs : endsAtMs,
  }));
  const add = (event: ProviderEvent, occursAtMs: number): void => void planned.push({ event, occursAtMs });
  call.streamSids.forEach((streamSid, number) => {
    add(
      { kind: 'stream_status', streamSid, streamEvent: 'stream-started' },
      answeredAtMs + 150 + 300 * number,
    );
    add({ kind: 'stream_status', streamSid, streamEvent: 'stream-stopped' }, endsAtMs - 80);
  });
  if (call.streamSids.length > 0) add({ kind: 'stream_ended' }, endsAtMs - 100);
  const toldOfStart = random.chance(0.5);
  call.recordings.forEach((recording, number) => {
    // The TwiML itself says whether it wants to hear of the start; for the others it is a setting at the provider.
    if (toldOfStart || recording.source === 'StartCallRecordingTwiML') {
      add({ kind: 'recording_status', recording, status: 'in-progress' }, answeredAtMs + 50 + 200 * number);
    }
    const status = recording.absent ? 'absent' : 'completed';
    add({ kind: 'recording_status', recording, status }, endsAtMs + 700 + 200 * number);
  });
  const troubles = random.chance(0.12) ? random.integer(1, 3) : 0;
  for (let trouble = 0; trouble < troubles; trouble++) {
    const errorCode = random.chance(0.85) ? '11205' : '11200';
    add(
      { kind: 'twilio_error', notificationSid: random.sid('NO'), errorCode },
      endsAtMs + 1_500 + 100 * trouble,
    );
  }
  return planned.sort((one, other) => one.occursAtMs - other.occursAtMs);
}

function shuffle(random: Random, items: number[]): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = random.integer(0, last);
    [items[last], items[other]] = [items[other]!, items[last]!];
  }
}
