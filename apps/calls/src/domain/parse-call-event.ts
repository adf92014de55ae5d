// Turns the parameters of one webhook into the event they tell of. Serves the webhook and, with the stored payload, the fold.

import { z } from 'zod';
import { isCallStatus } from './call.ts';
import type { CallEvent, EventKind } from './call-event.ts';
import { instant, link, optionalSid, shortText, sid, wholeNumber } from './provider-value.ts';

/** Parameters as the provider names them; of a repeated one the first. */
export type Params = Readonly<Record<string, string>>;

/** What is known of an event beside its parameters. */
export interface Delivered {
  readonly receivedAt: Date;
  readonly redeliveries: number;
}

const callStatus = z
  .string()
  .optional()
  .transform((text) => (text !== undefined && isCallStatus(text) ? text : null));

const aboutCall = {
  CallSid: sid,
  CallStatus: callStatus,
  Direction: shortText(32),
  ParentCallSid: optionalSid,
};

const voiceParams = z.object({ ...aboutCall, StreamSid: optionalSid });

const statusParams = z.object({
  ...aboutCall,
  CallStatus: z.string().regex(/^[a-z-]{1,32}$/, 'is not a call status'),
  SequenceNumber: wholeNumber,
  Timestamp: instant,
  CallDuration: wholeNumber,
  RecordingSid: optionalSid,
  RecordingUrl: link,
  RecordingDuration: wholeNumber,
});

const streamParams = z.object({
  CallSid: sid,
  StreamSid: sid,
  StreamEvent: z.string().regex(/^[a-z-]{1,32}$/, 'is not a stream event'),
  StreamName: shortText(200),
  StreamError: shortText(500),
  Timestamp: instant,
});

const recordingParams = z.object({
  CallSid: sid,
  RecordingSid: sid,
  RecordingStatus: z.string().regex(/^[a-z-]{1,32}$/, 'is not a recording status'),
  RecordingSource: shortText(64),
  RecordingUrl: link,
  RecordingChannels: wholeNumber,
  RecordingDuration: wholeNumber,
  RecordingStartTime: instant,
  ErrorCode: wholeNumber,
});

const debuggerParams = z.object({
  Sid: sid,
  Timestamp: instant,
  Payload: z.string().optional().transform(parseDebuggerPayload),
});

/** Throws `ZodError` when a parameter is missing that the event cannot be told apart by; unknown ones are ignored. */
export function parseCallEvent(kind: EventKind, params: Params, delivered: Delivered): CallEvent {
  switch (kind) {
    case 'voice request': {
      const p = voiceParams.parse(params);
      return { kind, key: `voice:${p.CallSid}`, at: null, ...identity(p), ...delivered };
    }
    case 'stream ended': {
      const p = voiceParams.parse(params);
      const key = `stream-ended:${p.CallSid}:${p.StreamSid ?? ''}`;
      return { kind, key, at: null, ...identity(p), ...delivered };
    }
    case 'call status': {
      const p = statusParams.parse(params);
      return {
        kind,
        key: `status:${p.CallSid}:${p.CallStatus}:${p.SequenceNumber ?? ''}`,
        at: p.Timestamp,
        ...identity({ ...p, CallStatus: isCallStatus(p.CallStatus) ? p.CallStatus : null }),
        sequence: p.SequenceNumber,
        durationSec: p.CallDuration,
        recordingSid: p.RecordingSid,
        recordingUrl: p.RecordingUrl,
        recordingDurationSec: p.RecordingDuration,
        ...delivered,
      };
    }
    case 'stream status': {
      const p = streamParams.parse(params);
      return {
        kind,
        key: `stream:${p.StreamSid}:${p.StreamEvent}`,
        callSid: p.CallSid,
        at: p.Timestamp,
        streamSid: p.StreamSid,
        name: p.StreamName,
        event: p.StreamEvent,
        error: p.StreamError,
        ...delivered,
      };
    }
    case 'recording status': {
      const p = recordingParams.parse(params);
      return {
        kind,
        key: `recording:${p.RecordingSid}:${p.RecordingStatus}`,
        callSid: p.CallSid,
        at: null,
        recordingSid: p.RecordingSid,
        status: p.RecordingStatus,
        source: p.RecordingSource,
        url: p.RecordingUrl,
        channels: p.RecordingChannels,
        durationSec: p.RecordingDuration,
        startedAt: p.RecordingStartTime,
        errorCode: p.ErrorCode === 0 ? null : p.ErrorCode,
        ...delivered,
      };
    }
    case 'debugger': {
      const p = debuggerParams.parse(params);
      return { kind, key: `debugger:${p.Sid}`, at: p.Timestamp, ...p.Payload, ...delivered };
    }
  }
}

function identity(p: Omit<z.output<typeof voiceParams>, 'StreamSid'>) {
  return {
    callSid: p.CallSid,
    status: p.CallStatus,
    twilioDirection: p.Direction,
    parentCallSid: p.ParentCallSid,
  };
}

const debuggerPayload = z.object({
  resource_sid: z.string().optional().catch(undefined),
  error_code: z.coerce.string().transform((text) => wholeNumber.parse(text)),
  more_info: z.object({ Msg: z.string().optional() }).optional().catch(undefined),
});

/** The debugger's `Payload` is JSON in a form field. Only a call's identifier (`CA…`) says which call it is about. */
function parseDebuggerPayload(text: string | undefined) {
  const parsed = debuggerPayload.safeParse(parseJson(text ?? ''));
  const payload = parsed.success ? parsed.data : undefined;
  return {
    callSid: /^CA[\w:.-]{1,62}$/.test(payload?.resource_sid ?? '') ? payload!.resource_sid! : null,
    errorCode: payload?.error_code ?? null,
    message: payload?.more_info?.Msg?.slice(0, 500) ?? null,
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON: the event is kept for its identifier alone.
    return null;
  }
}
