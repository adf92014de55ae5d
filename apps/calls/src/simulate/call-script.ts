// What will happen in one made-up call: who, how long, what is streamed and recorded, which webhooks go out and when.

export type WebhookKind =
  | 'incoming_call'
  | 'call_status'
  | 'stream_status'
  | 'stream_ended'
  | 'recording_status'
  | 'twilio_error';

export type CallStatus =
  | 'ringing'
  | 'in-progress'
  | 'completed'
  | 'busy'
  | 'failed'
  | 'no-answer'
  | 'canceled';

export interface ScriptedRecording {
  readonly recordingSid: string;
  /** What started it: the server's own TwiML, `Calls.create(record=true)`, or a POST to the call's Recordings. */
  readonly source: 'StartCallRecordingTwiML' | 'OutboundAPI' | 'StartCallRecordingAPI';
  /** Real length of the audio; the webhook rounds it. */
  readonly seconds: number;
  /** An absent recording ends without audio: Twilio error 16101, too short. */
  readonly absent: boolean;
  /** So many downloads after completion are answered with 404. */
  readonly notFoundTimes: number;
}

export type ProviderEvent =
  | { readonly kind: 'incoming_call' }
  | {
      readonly kind: 'call_status';
      readonly status: CallStatus;
      /** Counts only the events that the callback is subscribed to, from 0. */
      readonly sequenceNumber: number;
    }
  | {
      readonly kind: 'stream_status';
      readonly streamSid: string;
      readonly streamEvent: 'stream-started' | 'stream-stopped';
    }
  | { readonly kind: 'stream_ended' }
  | {
      readonly kind: 'recording_status';
      readonly recording: ScriptedRecording;
      readonly status: 'in-progress' | 'completed' | 'absent';
    }
  | { readonly kind: 'twilio_error'; readonly notificationSid: string; readonly errorCode: string };

/** One request of the provider, and its repetitions. */
export interface Delivery {
  readonly event: ProviderEvent;
  /** The value of I-Twilio-Idempotency-Token: the same on every repetition. */
  readonly token: string;
  /** When it happened, in milliseconds of the call's own time. */
  readonly occursAtMs: number;
  /** When it is sent, in milliseconds after the answer to the voice request; negative: before that request. */
  readonly sentAfterMs: number;
  /** Milliseconds after the first sending; 0 is a race of the request with its own repetition. */
  readonly redeliveredAfterMs: readonly number[];
}

export interface CallScript {
  readonly accountSid: string;
  readonly callSid: string;
  readonly from: string;
  readonly to: string;
  readonly finalStatus: CallStatus;
  /** Answered time in whole seconds, as CallDuration tells it; 0 when nobody answered. */
  readonly durationSec: number;
  readonly streamSids: readonly string[];
  readonly recordings: readonly ScriptedRecording[];
  readonly deliveries: readonly Delivery[];
}
