// Events of made-up calls, as the provider's own parameters, so that tests go through the parser the service uses.
import type { CallEvent, EventKind } from '../../src/domain/call-event.ts';
import { type Params, parseCallEvent } from '../../src/domain/parse-call-event.ts';

export interface Telling {
  readonly kind: EventKind;
  readonly params: Params;
}

export const sid = (prefix: string, n: number) => `${prefix}${n.toString(16).padStart(32, '0')}`;
export const callSid = sid('CA', 1);

const beginning = Date.UTC(2026, 2, 27, 8, 0, 0);
/** So many seconds after the call began. */
export const after = (seconds: number) => new Date(beginning + seconds * 1000);
const rfc2822 = (seconds: number) => after(seconds).toUTCString().replace('GMT', '+0000');
const about = { AccountSid: sid('AC', 1), CallSid: callSid };
const inbound = { ...about, Direction: 'inbound' };

export const voice = (): Telling => ({
  kind: 'voice request',
  params: { ...inbound, CallStatus: 'ringing' },
});

export const status = (CallStatus: string, second: number, more: Params = {}): Telling => ({
  kind: 'call status',
  params: { ...inbound, CallStatus, Timestamp: rfc2822(second), ...more },
});

export const completed = (second: number, seconds: number, more: Params = {}): Telling =>
  status('completed', second, { SequenceNumber: '3', CallDuration: String(seconds), Duration: '1', ...more });

export const stream = (n: number, StreamEvent: string, second: number): Telling => ({
  kind: 'stream status',
  params: { ...about, StreamSid: sid('MZ', n), StreamEvent, Timestamp: after(second).toISOString() },
});

export const streamEnded = (): Telling => ({
  kind: 'stream ended',
  params: { ...inbound, CallStatus: 'in-progress' },
});

export const recording = (n: number, RecordingStatus: string, more: Params = {}): Telling => ({
  kind: 'recording status',
  params: {
    ...about,
    RecordingSid: sid('RE', n),
    RecordingStatus,
    RecordingSource: 'OutboundAPI',
    RecordingStartTime: rfc2822(2 + n),
    ErrorCode: '0',
    ...(RecordingStatus === 'completed' && {
      RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${about.AccountSid}/Recordings/${sid('RE', n)}`,
      RecordingDuration: '30',
    }),
    ...more,
  },
});

export const trouble = (n: number, error_code = '11205', second = 40): Telling => ({
  kind: 'debugger',
  params: {
    AccountSid: about.AccountSid,
    Sid: sid('NO', n),
    Timestamp: after(second).toISOString(),
    Payload: JSON.stringify({ resource_sid: callSid, error_code, more_info: { Msg: `error ${error_code}` } }),
  },
});

/** Received, if not said otherwise, a second after the call began. */
export function event(telling: Telling, receivedAt: Date = after(1), redeliveries = 0): CallEvent {
  return parseCallEvent(telling.kind, telling.params, { receivedAt, redeliveries });
}
