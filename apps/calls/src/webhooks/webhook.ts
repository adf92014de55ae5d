// The webhooks there are, by their paths, and one delivery of one of them.

import type { EventKind } from '../domain/call-event.ts';
import type { Params } from '../domain/parse-call-event.ts';

export const WEBHOOKS = {
  '/webhook/incoming_call': 'voice request',
  '/webhook/call_status': 'call status',
  '/webhook/stream_ended': 'stream ended',
  '/webhook/stream_status': 'stream status',
  '/webhook/recording_status': 'recording status',
  '/webhook/twilio_error': 'debugger',
} as const satisfies Readonly<Record<string, EventKind>>;

/** A request whose signature was good. */
export interface Delivery {
  readonly kind: EventKind;
  /** All parameters, before redaction. */
  readonly params: Params;
}
