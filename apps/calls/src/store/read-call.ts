// One call of a tenant, as the service knows it now.

import { and, eq } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { callLog } from '../db/schema.ts';
import type { Call, CallStatus } from '../domain/call.ts';
import { readCost } from './call-cost.ts';

/** Null when the tenant has no such call, whoever else may have it. */
export async function readCall(db: Db, businessId: number, callSid: string): Promise<Call | null> {
  const [row] = await db
    .select()
    .from(callLog)
    .where(and(eq(callLog.businessId, businessId), eq(callLog.callSid, callSid)));
  return row === undefined ? null : makeCall(row);
}

export function makeCall(row: typeof callLog.$inferSelect): Call {
  return {
    businessId: row.businessId,
    id: row.id,
    leadId: row.leadId,
    callSid: row.callSid,
    parentCallSid: row.parentCallSid,
    fromNumber: row.fromNumber,
    toNumber: row.toNumber,
    direction: row.direction,
    twilioDirection: row.twilioDirection,
    duration: row.duration,
    status: row.status as CallStatus | null,
    recordingUrl: row.recordingUrl,
    recordingSid: row.recordingSid,
    transcription: row.transcription,
    finalTranscript: row.finalTranscript,
    transcriptSource: row.transcriptSource,
    summary: row.summary,
    audioBytesLen: row.audioBytesLen,
    audioDurationSec: row.audioDurationSec,
    errorCode: row.errorCode,
    errorMessage: row.errorMessage,
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    cost: readCost(row),
  };
}
