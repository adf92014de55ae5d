// The nine cost metrics of a call, each from what really happened; what cannot be known yet is null.

import type { CallFacts, Recording } from './call.ts';
import { isFinalStatus } from './call.ts';
import type { CallEvent } from './call-event.ts';
import type { CallCost, CostReason, CostRule, RecordingMode } from './cost.ts';
import { judgeCost } from './judge-cost.ts';
import type { MeasuredCall } from './measured-call.ts';

/** Gives the metrics with the bucket that the rule makes of them, and its reasons. */
export function measureCost(
  measured: MeasuredCall,
  rule: CostRule,
): { readonly cost: CallCost; readonly costReasons: readonly CostReason[] } {
  const { facts, events, recordings, streams } = measured;
  const spans = streams.map(({ startedAt, endedAt }) =>
    startedAt === null || endedAt === null
      ? null
      : Math.max(0, endedAt.getTime() - startedAt.getTime()) / 1000,
  );
  const metrics = {
    recordingMode: recordingMode(recordings, facts),
    streamStartedAt: streams.find(({ startedAt }) => startedAt !== null)?.startedAt ?? null,
    streamEndedAt: latest(streams.map(({ endedAt }) => endedAt)),
    streamDurationSec: spans.length === 0 || spans.includes(null) ? null : sum(spans as number[]),
    streamConnectCount: streams.length,
    webhook11205Count: events.filter(isFailedWebhook).length,
    webhookRetryCount: sum(events.map(({ redeliveries }) => redeliveries)),
    recordingCount: recordings.length,
  };
  const { bucket, reasons } = judgeCost(metrics, measured, rule);
  return { cost: { ...metrics, estimatedCostBucket: bucket }, costReasons: reasons };
}

/**
 * What started the first recording. Sources that begin with `Start…RecordingAPI` are requests to the Recordings API; all
 * others are made by the call itself: Record=true, a TwiML verb, a trunk.
 */
function recordingMode(recordings: readonly Recording[], facts: CallFacts): RecordingMode | null {
  const first = recordings[0];
  if (first === undefined) return isFinalStatus(facts.status) ? 'OFF' : null;
  return first.source !== null && /^Start\w*RecordingAPI$/.test(first.source)
    ? 'RECORDING_API'
    : 'TWILIO_CALL_RECORD';
}

/** 11205 and its family: the provider could not reach us, or could not use what we answered. */
function isFailedWebhook(event: CallEvent): boolean {
  return event.kind === 'debugger' && event.errorCode !== null && Math.trunc(event.errorCode / 100) === 112;
}

/** Null while one of them is still open. */
function latest(times: readonly (Date | null)[]): Date | null {
  const known = times.filter((time) => time !== null);
  if (known.length === 0 || known.length < times.length) return null;
  return new Date(Math.max(...known.map((time) => time.getTime())));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
