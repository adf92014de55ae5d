// A call as the API shows it. Field names are those of the columns, times are ISO 8601 in UTC, durations are seconds.

import type { Call } from '../domain/call.ts';

/** The JSON of one call. A null is "not known (yet)". */
export function renderCall(call: Call) {
  const { cost } = call;
  return {
    call_sid: call.callSid,
    parent_call_sid: call.parentCallSid,
    lead_id: call.leadId,
    from_number: call.fromNumber,
    to_number: call.toNumber,
    /** inbound, outbound, unknown */
    direction: call.direction,
    /** As the provider says it: inbound, outbound-api, outbound-dial … */
    twilio_direction: call.twilioDirection,
    status: call.status,
    duration: call.duration,
    recording_sid: call.recordingSid,
    recording_url: call.recordingUrl,
    final_transcript: call.finalTranscript,
    /** recording, realtime, failed */
    transcript_source: call.transcriptSource,
    summary: call.summary,
    audio_bytes_len: call.audioBytesLen,
    audio_duration_sec: call.audioDurationSec,
    error_code: call.errorCode,
    error_message: call.errorMessage,
    created_at: call.createdAt.toISOString(),
    updated_at: call.updatedAt.toISOString(),
    /** TWILIO_CALL_RECORD, RECORDING_API, OFF */
    recording_mode: cost.recordingMode,
    stream_started_at: cost.streamStartedAt?.toISOString() ?? null,
    stream_ended_at: cost.streamEndedAt?.toISOString() ?? null,
    stream_duration_sec: cost.streamDurationSec,
    stream_connect_count: cost.streamConnectCount,
    webhook_11205_count: cost.webhook11205Count,
    webhook_retry_count: cost.webhookRetryCount,
    recording_count: cost.recordingCount,
    /** LOW, MED, HIGH */
    estimated_cost_bucket: cost.estimatedCostBucket,
  };
}
