// What the service knows about one phone call: plain data, no behaviour.

import type { CallCost, CostReason } from './cost.ts';

/** Who began the call, seen from the tenant; `unknown` until an event of the provider says so. */
export type CallDirection = 'inbound' | 'outbound' | 'unknown';

/** Statuses of the provider, in the order a call goes through them; those after `in-progress` are final and absorbing. */
export const CALL_STATUSES = [
  'queued',
  'initiated',
  'ringing',
  'in-progress',
  'canceled',
  'no-answer',
  'busy',
  'failed',
  'completed',
] as const;
export type CallStatus = (typeof CALL_STATUSES)[number];

export function isCallStatus(text: string): text is CallStatus {
  return (CALL_STATUSES as readonly string[]).includes(text);
}

export function isFinalStatus(status: CallStatus | null): boolean {
  return status !== null && CALL_STATUSES.indexOf(status) > CALL_STATUSES.indexOf('in-progress');
}

/** Where the final transcript came from; `failed` says that one was tried and none was got. */
export type TranscriptSource = 'recording' | 'realtime' | 'failed';

/** One recording of a call. Durations are whole seconds as the provider reports them; `url` has no file extension. */
export interface Recording {
  readonly recordingSid: string;
  readonly status: string;
  readonly source: string | null;
  readonly url: string | null;
  readonly channels: number | null;
  readonly durationSec: number | null;
  readonly startedAt: Date | null;
  readonly errorCode: number | null;
}

/** What ended a media stream: its own event, the `<Connect action>` request, or the end of the call when both were lost. */
export type StreamEnd = 'stream event' | 'stream ended' | 'call ended';

/** One media stream of a call. */
export interface Stream {
  readonly streamSid: string;
  readonly name: string | null;
  readonly startedAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedBy: StreamEnd | null;
  readonly error: string | null;
}

/** The columns of `call_log` that follow from the provider's events alone. `duration` is in seconds. */
export interface CallFacts {
  readonly callSid: string;
  readonly parentCallSid: string | null;
  readonly direction: CallDirection;
  readonly twilioDirection: string | null;
  readonly status: CallStatus | null;
  readonly duration: number | null;
  readonly recordingUrl: string | null;
  readonly recordingSid: string | null;
  readonly errorCode: number | null;
  readonly errorMessage: string | null;
}

/** Everything that follows from the set of a call's events; what `advanceCall` gives. */
export interface CallState extends CallFacts {
  readonly endedAt: Date | null;
  readonly recordings: readonly Recording[];
  readonly streams: readonly Stream[];
  readonly cost: CallCost;
  readonly costReasons: readonly CostReason[];
}

/** One row of `call_log`. Times are instants (UTC in the database); lengths are bytes and seconds. */
export interface Call extends CallFacts {
  readonly businessId: number;
  readonly id: number;
  readonly leadId: number | null;
  readonly fromNumber: string | null;
  readonly toNumber: string | null;
  readonly transcription: string | null;
  readonly finalTranscript: string | null;
  readonly transcriptSource: TranscriptSource | null;
  readonly summary: string | null;
  readonly audioBytesLen: number | null;
  readonly audioDurationSec: number | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly cost: CallCost;
}
