// The cost of a call in the database: the only place that writes or reads the nine cost columns and their reasons.

import { and, eq } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { callCostReason, type callLog } from '../db/schema.ts';
import type { CallCost, CostBucket, CostReason, CostRule, RecordingMode } from '../domain/cost.ts';

type CallRow = typeof callLog.$inferSelect;

export function costColumns(cost: CallCost): Partial<CallRow> {
  return {
    recordingMode: cost.recordingMode,
    streamStartedAt: cost.streamStartedAt,
    streamEndedAt: cost.streamEndedAt,
    streamDurationSec: cost.streamDurationSec,
    streamConnectCount: cost.streamConnectCount,
    webhook11205Count: cost.webhook11205Count,
    webhookRetryCount: cost.webhookRetryCount,
    recordingCount: cost.recordingCount,
    estimatedCostBucket: cost.estimatedCostBucket,
  };
}

export function readCost(row: CallRow): CallCost {
  return {
    recordingMode: row.recordingMode as RecordingMode | null,
    streamStartedAt: row.streamStartedAt,
    streamEndedAt: row.streamEndedAt,
    streamDurationSec: row.streamDurationSec,
    streamConnectCount: row.streamConnectCount,
    webhook11205Count: row.webhook11205Count,
    webhookRetryCount: row.webhookRetryCount,
    recordingCount: row.recordingCount,
    estimatedCostBucket: row.estimatedCostBucket as CostBucket | null,
  };
}

/** Replaces the reasons of the call's bucket by those it has now. */
export async function saveCostReasons(
  tx: Tx,
  businessId: number,
  callSid: string,
  reasons: readonly CostReason[],
  rule: CostRule,
): Promise<void> {
  await tx
    .delete(callCostReason)
    .where(and(eq(callCostReason.businessId, businessId), eq(callCostReason.callSid, callSid)));
  if (reasons.length === 0) return;
  await tx
    .insert(callCostReason)
    .values(reasons.map((reason) => ({ businessId, callSid, ruleVersion: rule.version, ...reason })));
}
