// The bucket rule: points for what wastes money, and a bucket from the points. Which behaviour is billed how: the provider's prices.

import { isFinalStatus } from './call.ts';
import type { CallCost, CostBucket, CostReason, CostReasonName, CostRule } from './cost.ts';
import type { MeasuredCall } from './measured-call.ts';

type Metrics = Omit<CallCost, 'estimatedCostBucket'>;

/**
 * LOW 0 points, MED 1, HIGH 2 or more. A reason counts as soon as it is known; without any, a call is LOW only when it has
 * ended and its streams and recordings are accounted for, else null. A healthy stream spans its call: that is no reason.
 */
export function judgeCost(
  metrics: Metrics,
  measured: MeasuredCall,
  rule: CostRule,
): { readonly bucket: CostBucket | null; readonly reasons: readonly CostReason[] } {
  const reasons = [
    ...recordingReasons(metrics),
    ...streamReasons(metrics, measured, rule),
    ...webhookReasons(metrics, rule),
  ];
  const points = reasons.reduce((total, reason) => total + reason.points, 0);
  if (points >= 2) return { bucket: 'HIGH', reasons };
  if (points === 1) return { bucket: 'MED', reasons };
  return { bucket: isAccountedFor(metrics, measured) ? 'LOW' : null, reasons };
}

function recordingReasons(metrics: Metrics): CostReason[] {
  const recordingCount = metrics.recordingCount ?? 0;
  return recordingCount > 1
    ? [reason('more than one recording', 2 * (recordingCount - 1), { recordingCount })]
    : [];
}

function streamReasons(
  metrics: Metrics,
  { facts, streams, endedAt }: MeasuredCall,
  rule: CostRule,
): CostReason[] {
  const found: CostReason[] = [];
  const streamSec = metrics.streamDurationSec;
  const callSec = facts.duration;
  if (streamSec !== null && callSec !== null) {
    const excess = streamSec - callSec;
    if (streamSec > rule.overlapRatio * callSec && excess > rule.toleranceSec) {
      found.push(reason('overlapping streams', 2, { streamSec, callSec }));
    }
  }
  const streamConnectCount = metrics.streamConnectCount ?? 0;
  if (streamConnectCount > 1) {
    found.push(reason('more than one stream', streamConnectCount - 1, { streamConnectCount }));
  }
  const afterHangUpSec = Math.max(
    ...streams.map((stream) =>
      stream.endedAt === null || endedAt === null ? 0 : (stream.endedAt.getTime() - endedAt.getTime()) / 1000,
    ),
    0,
  );
  if ((streamSec ?? 0) > rule.longStreamSec || afterHangUpSec > rule.toleranceSec) {
    found.push(reason('long stream', 1, { ...(streamSec !== null && { streamSec }), afterHangUpSec }));
  }
  return found;
}

function webhookReasons(metrics: Metrics, rule: CostRule): CostReason[] {
  const found: CostReason[] = [];
  const failed = metrics.webhook11205Count ?? 0;
  if (failed > 0) found.push(reason('webhook failed', 1, { webhook11205Count: failed }));
  const retries = metrics.webhookRetryCount ?? 0;
  if (retries > rule.retries) found.push(reason('webhook retried', 1, { webhookRetryCount: retries }));
  return found;
}

/** Whether what would cost money is known whole: nothing can have run, or all that ran is measured. */
function isAccountedFor(metrics: Metrics, { facts, streams }: MeasuredCall): boolean {
  if (!isFinalStatus(facts.status)) return false;
  if (streams.length > 0) return metrics.streamDurationSec !== null && facts.duration !== null;
  return facts.status !== 'completed' || (metrics.recordingCount ?? 0) > 0;
}

function reason(name: CostReasonName, points: number, facts: Readonly<Record<string, number>>): CostReason {
  return { reason: name, points, facts };
}
