// What the provider is told to do with a call (TwiML), through its own builder, which escapes.

import VoiceResponse from 'twilio/lib/twiml/VoiceResponse.js';

export interface TwimlSettings {
  readonly publicBaseUrl: string;
  readonly mediaStreamUrl: string;
}

/** Connection overrides for requests that nobody waits for: by default the provider repeats neither a 5xx nor a time-out. */
const PATIENT = '#rc=3&rp=5xx,ct,rt';

/** Streams the call to us until the stream ends; records it besides when the tenant wants that. */
export function renderAnswer(settings: TwimlSettings, options: { readonly record: boolean }): string {
  const { publicBaseUrl, mediaStreamUrl } = settings;
  const response = new VoiceResponse();
  if (options.record) {
    response.start().recording({
      channels: 'dual',
      recordingStatusCallback: `${publicBaseUrl}/webhook/recording_status${PATIENT}`,
      recordingStatusCallbackEvent: ['in-progress', 'completed', 'absent'],
    });
  }
  response
    .connect({ action: `${publicBaseUrl}/webhook/stream_ended` })
    .stream({ url: mediaStreamUrl, statusCallback: `${publicBaseUrl}/webhook/stream_status${PATIENT}` });
  return response.toString();
}

/** After the stream there is nothing more to say. */
export function renderHangup(): string {
  const response = new VoiceResponse();
  response.hangup();
  return response.toString();
}

/** For a call that is nobody's: refused before it is answered, hence not billed. */
export function renderReject(): string {
  const response = new VoiceResponse();
  response.reject();
  return response.toString();
}
