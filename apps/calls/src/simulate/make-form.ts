// Turns an event of a scripted call into the form that Twilio would post, field names and formats included.
import type { CallScript, Delivery, ProviderEvent } from './call-script.ts';

export interface FormSetting {
  /** When the call's own time began. */
  readonly startedAt: Date;
  /** What precedes `/2010-04-01/Accounts/…` in a RecordingUrl. */
  readonly recordingsUrl: string;
  /** The public address of the voice webhook, which a debugger event quotes. */
  readonly voiceUrl: string;
}

type Form = Readonly<Record<string, string>>;

export function makeForm(script: CallScript, delivery: Delivery, setting: FormSetting): Form {
  const at = new Date(setting.startedAt.getTime() + delivery.occursAtMs);
  const { event } = delivery;
  switch (event.kind) {
    case 'incoming_call':
      return makeVoiceFields(script, 'ringing');
    case 'stream_ended':
      return makeVoiceFields(script, 'in-progress');
    case 'call_status':
      return makeCallStatus(script, event, at, setting);
    case 'stream_status':
      return {
        AccountSid: script.accountSid,
        CallSid: script.callSid,
        StreamSid: event.streamSid,
        StreamName: event.streamSid,
        StreamEvent: event.streamEvent,
        Timestamp: at.toISOString(),
      };
    case 'recording_status':
      return makeRecordingStatus(script, event, setting);
    case 'twilio_error':
      return makeDebuggerEvent(script, event, at, setting);
  }
}

/** The path of a recording at the provider, without the extension that chooses its format. */
export function makeRecordingPath(accountSid: string, recordingSid: string): string {
  return `/2010-04-01/Accounts/${accountSid}/Recordings/${recordingSid}`;
}

function makeVoiceFields(script: CallScript, callStatus: string): Form {
  const { from, to } = script;
  // The made-up places are empty, as they are for most callers: empty values are part of the signature too.
  const places = ['From', 'To', 'Caller', 'Called'].flatMap((party) =>
    ['City', 'State', 'Zip', 'Country'].map((part) => [party + part, part === 'Country' ? 'IL' : '']),
  );
  return {
    ApiVersion: '2010-04-01',
    AccountSid: script.accountSid,
    CallSid: script.callSid,
    CallStatus: callStatus,
    Direction: 'inbound',
    From: from,
    To: to,
    Caller: from,
    Called: to,
    ...Object.fromEntries(places),
  };
}

function makeCallStatus(
  script: CallScript,
  event: Extract<ProviderEvent, { kind: 'call_status' }>,
  at: Date,
  setting: FormSetting,
): Form {
  const form = {
    ...makeVoiceFields(script, event.status),
    Timestamp: renderRfc2822(at),
    CallbackSource: 'call-progress-events',
    SequenceNumber: String(event.sequenceNumber),
  };
  if (event.status !== script.finalStatus) return form;
  const recorded = script.recordings.find(({ source, absent }) => source === 'OutboundAPI' && !absent);
  return {
    ...form,
    CallDuration: String(script.durationSec),
    Duration: String(Math.ceil(script.durationSec / 60)),
    ...(recorded && {
      RecordingSid: recorded.recordingSid,
      RecordingUrl: setting.recordingsUrl + makeRecordingPath(script.accountSid, recorded.recordingSid),
      RecordingDuration: String(Math.round(recorded.seconds)),
    }),
  };
}

function makeRecordingStatus(
  script: CallScript,
  { recording, status }: Extract<ProviderEvent, { kind: 'recording_status' }>,
  setting: FormSetting,
): Form {
  const startedAt = new Date(setting.startedAt.getTime() + 2_000);
  return {
    AccountSid: script.accountSid,
    CallSid: script.callSid,
    RecordingSid: recording.recordingSid,
    RecordingStatus: status,
    RecordingSource: recording.source,
    RecordingTrack: 'both',
    RecordingChannels: recording.source === 'StartCallRecordingTwiML' ? '2' : '1',
    RecordingStartTime: renderRfc2822(startedAt),
    ErrorCode: status === 'absent' ? '16101' : '0',
    ...(status === 'completed' && {
      RecordingUrl: setting.recordingsUrl + makeRecordingPath(script.accountSid, recording.recordingSid),
      RecordingDuration: String(Math.round(recording.seconds)),
    }),
  };
}

function makeDebuggerEvent(
  script: CallScript,
  event: Extract<ProviderEvent, { kind: 'twilio_error' }>,
  at: Date,
  setting: FormSetting,
): Form {
  const payload = {
    resource_sid: script.callSid,
    service_sid: null,
    error_code: event.errorCode,
    more_info: { Msg: 'Got HTTP connection failure', ErrorCode: event.errorCode, LogLevel: 'ERROR' },
    webhook: {
      type: 'application/json',
      request: {
        url: setting.voiceUrl,
        method: 'POST',
        headers: {},
        parameters: { CallSid: script.callSid },
      },
      response: { status_code: null, headers: {}, body: '' },
    },
  };
  return {
    Sid: event.notificationSid,
    AccountSid: script.accountSid,
    Timestamp: at.toISOString(),
    Level: 'ERROR',
    PayloadType: 'application/json',
    Payload: JSON.stringify(payload),
  };
}

function renderRfc2822(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}
