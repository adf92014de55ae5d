// Leaves of a webhook's parameters what may be stored: an allow-list, since a field we do not know may carry a number.

import type { EventKind } from './call-event.ts';
import type { Params } from './parse-call-event.ts';

const kept = new Set([
  ...['AccountSid', 'ApiVersion', 'AnsweredBy', 'CallDuration', 'CallSid', 'CallStatus', 'CallbackSource'],
  ...['Direction', 'Duration', 'ErrorCode', 'Level', 'MachineDetectionDuration', 'ParentAccountSid'],
  ...['ParentCallSid', 'PayloadType', 'RecordingChannels', 'RecordingDuration', 'RecordingSid'],
  ...['RecordingSource', 'RecordingStartTime', 'RecordingStatus', 'RecordingTrack', 'RecordingUrl'],
  ...['SequenceNumber', 'Sid', 'SipResponseCode', 'StirVerstat', 'StreamError', 'StreamEvent'],
  ...['StreamName', 'StreamSid', 'Timestamp'],
]);

/** Parameters without phone numbers, names, places and tokens; `parseCallEvent` reads the same event from them. */
export function redactParams(kind: EventKind, params: Params): Params {
  const entries = Object.entries(params).filter(([name]) => kept.has(name));
  const redacted = Object.fromEntries(entries.map(([name, value]) => [name, redactText(name, value)]));
  return kind === 'debugger' && params.Payload !== undefined
    ? { ...redacted, Payload: redactDebuggerPayload(params.Payload) }
    : redacted;
}

/** Free text may quote an address with a number in it. */
function redactText(name: string, value: string): string {
  return name === 'StreamError' || name === 'StreamName' ? withoutNumbers(value) : value;
}

/** Of the request that failed, which the debugger quotes whole, nothing is kept. */
function redactDebuggerPayload(text: string): string {
  let payload: unknown;
  try {
    payload = JSON.parse(text);
  } catch {
    // Not JSON, hence nothing that could be redacted field by field.
    return '';
  }
  if (typeof payload !== 'object' || payload === null) return '';
  const { resource_sid, service_sid, error_code, more_info } = payload as Record<string, unknown>;
  const message = (more_info as { Msg?: unknown } | null | undefined)?.Msg;
  return JSON.stringify({
    resource_sid,
    service_sid,
    error_code,
    ...(typeof message === 'string' && { more_info: { Msg: withoutNumbers(message) } }),
  });
}

/** Runs of seven or more digits, however they are spaced, unless they are part of an identifier such as `CA0123…`. */
function withoutNumbers(text: string): string {
  return text.replace(/(?<![0-9A-Za-z])(?:\+|%2B)?\d(?:[\s().-]{0,2}\d){6,}(?![0-9A-Za-z])/gi, '[number]');
}
