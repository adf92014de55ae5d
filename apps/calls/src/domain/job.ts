// The background jobs of the service, as they are put into the queue. A payload carries identifiers only, never a phone number.

export interface OfflineSttPayload {
  readonly businessId: number;
  readonly callSid: string;
  readonly recordingSid: string;
}

export interface FinalizePayload {
  readonly businessId: number;
  readonly callSid: string;
}

/** `runAt` is the earliest start. */
export type Job = { readonly runAt?: Date } & (
  | { readonly task: 'offline_stt'; readonly payload: OfflineSttPayload }
  | { readonly task: 'finalize_in_background'; readonly payload: FinalizePayload }
);
