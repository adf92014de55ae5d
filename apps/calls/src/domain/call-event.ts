// What the provider told about a call, one kind for each webhook: typed facts, no behaviour.

import type { CallStatus } from './call.ts';

export type EventKind =
  | 'voice request'
  | 'call status'
  | 'stream ended'
  | 'stream status'
  | 'recording status'
  | 'debugger';

/**
 * What all events share. `key` is the business key: the same key says the same thing, so that a second delivery changes nothing.
 * `at` is the provider's own time and null where it sends none; `receivedAt` is ours, of the first delivery.
 */
interface EventBase {
  readonly key: string;
  readonly callSid: string | null;
  readonly at: Date | null;
  readonly receivedAt: Date;
  readonly redeliveries: number;
}

/** Facts that each request about the call itself repeats. */
interface CallIdentity {
  readonly status: CallStatus | null;
  readonly twilioDirection: string | null;
  readonly parentCallSid: string | null;
}

export interface VoiceRequest extends EventBase, CallIdentity {
  readonly kind: 'voice request';
}

/** The `<Connect action>` request: the stream of the call has ended and the provider asks how to go on. */
export interface StreamEnded extends EventBase, CallIdentity {
  readonly kind: 'stream ended';
}

/** `sequence` counts the events subscribed to, from 0; `durationSec` comes with the final one. */
export interface CallStatusChange extends EventBase, CallIdentity {
  readonly kind: 'call status';
  readonly sequence: number | null;
  readonly durationSec: number | null;
  readonly recordingSid: string | null;
  readonly recordingUrl: string | null;
  readonly recordingDurationSec: number | null;
}

export interface StreamStatus extends EventBase {
  readonly kind: 'stream status';
  readonly streamSid: string;
  readonly name: string | null;
  readonly event: string;
  readonly error: string | null;
}

export interface RecordingStatus extends EventBase {
  readonly kind: 'recording status';
  readonly recordingSid: string;
  readonly status: string;
  readonly source: string | null;
  readonly url: string | null;
  readonly channels: number | null;
  readonly durationSec: number | null;
  readonly startedAt: Date | null;
  readonly errorCode: number | null;
}

/** An error the provider met, most often in reaching us (11205 and its family). */
export interface DebuggerEvent extends EventBase {
  readonly kind: 'debugger';
  readonly errorCode: number | null;
  readonly message: string | null;
}

export type CallEvent =
  | VoiceRequest
  | CallStatusChange
  | StreamEnded
  | StreamStatus
  | RecordingStatus
  | DebuggerEvent;

/** When it happened, as well as can be told. */
export function eventTime(event: CallEvent): Date {
  return event.at ?? event.receivedAt;
}
