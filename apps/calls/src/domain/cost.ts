// What a call cost, as far as it can be told from events: the nine metrics, the bucket, and the reasons for the bucket.

/** What really started the recording (the provider's `RecordingSource`); `OFF` when a call ended without one. */
export type RecordingMode = 'TWILIO_CALL_RECORD' | 'RECORDING_API' | 'OFF';

export type CostBucket = 'LOW' | 'MED' | 'HIGH';

/** The nine cost columns of `call_log`. `null` is "not known", never "none"; durations are seconds. */
export interface CallCost {
  readonly recordingMode: RecordingMode | null;
  readonly streamStartedAt: Date | null;
  readonly streamEndedAt: Date | null;
  /** The sum over all streams, so that two streams at the same time show as more than the call. */
  readonly streamDurationSec: number | null;
  readonly streamConnectCount: number | null;
  readonly webhook11205Count: number | null;
  readonly webhookRetryCount: number | null;
  readonly recordingCount: number | null;
  readonly estimatedCostBucket: CostBucket | null;
}

export type CostReasonName =
  | 'more than one recording'
  | 'overlapping streams'
  | 'more than one stream'
  | 'webhook failed'
  | 'webhook retried'
  | 'long stream';

/** One reason for the bucket, with its points and the numbers it was judged by. */
export interface CostReason {
  readonly reason: CostReasonName;
  readonly points: number;
  readonly facts: Readonly<Record<string, number>>;
}

/** The thresholds of the bucket rule. A changed threshold is a new version, so that stored reasons stay readable. */
export interface CostRule {
  readonly version: number;
  /** Stream seconds by call seconds above which streams must have overlapped (a healthy stream spans its call: about 1). */
  readonly overlapRatio: number;
  /** Provider times and durations are whole seconds: a difference up to this many seconds proves nothing. */
  readonly toleranceSec: number;
  /** Redeliveries above which a call is marked. */
  readonly retries: number;
  /** Stream seconds above which a stream counts as forgotten. */
  readonly longStreamSec: number;
}

export const COST_RULE: CostRule = {
  version: 1,
  overlapRatio: 1.1,
  toleranceSec: 3,
  retries: 2,
  longStreamSec: 60 * 60,
};
