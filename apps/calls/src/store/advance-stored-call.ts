// Brings a call's row, streams and recordings to what its stored events say. The one writer of these for all paths.

import { and, eq, sql } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { callEvent, callLog, callRecording, callStream } from '../db/schema.ts';
import { advanceCall } from '../domain/advance-call.ts';
import type { CallState, Recording, Stream } from '../domain/call.ts';
import type { EventKind } from '../domain/call-event.ts';
import { COST_RULE } from '../domain/cost.ts';
import { type Params, parseCallEvent } from '../domain/parse-call-event.ts';
import { costColumns, saveCostReasons } from './call-cost.ts';

/**
 * Locks the call's row, folds all its stored events and writes the state. Repeating it changes nothing but `updated_at`.
 * Null when the tenant has no such call.
 */
export async function advanceStoredCall(
  tx: Tx,
  businessId: number,
  callSid: string,
): Promise<CallState | null> {
  const theCall = and(eq(callLog.businessId, businessId), eq(callLog.callSid, callSid));
  const [locked] = await tx.select({ id: callLog.id }).from(callLog).where(theCall).for('update');
  if (locked === undefined) return null;
  const stored = await tx
    .select()
    .from(callEvent)
    .where(and(eq(callEvent.businessId, businessId), eq(callEvent.callSid, callSid)));
  const events = stored.map((row) =>
    parseCallEvent(row.kind as EventKind, row.payload as Params, {
      receivedAt: row.receivedAt,
      redeliveries: row.redeliveryCount,
    }),
  );
  const state = advanceCall(callSid, events, COST_RULE);
  await tx
    .update(callLog)
    .set({ ...factColumns(state), ...costColumns(state.cost), updatedAt: sql`now() at time zone 'utc'` })
    .where(theCall);
  await saveRecordings(tx, businessId, callSid, state.recordings);
  await saveStreams(tx, businessId, callSid, state.streams);
  await saveCostReasons(tx, businessId, callSid, state.costReasons, COST_RULE);
  return state;
}

/** What the events do not tell (any more: they are kept for a time only) stays as it is. Values that belong together go together. */
function factColumns(state: CallState) {
  return {
    ...(state.status !== null && { status: state.status, duration: state.duration }),
    ...(state.parentCallSid !== null && { parentCallSid: state.parentCallSid }),
    ...(state.twilioDirection !== null && {
      direction: state.direction,
      twilioDirection: state.twilioDirection,
    }),
    ...(state.recordingSid !== null && {
      recordingSid: state.recordingSid,
      recordingUrl: state.recordingUrl,
    }),
    ...(state.errorCode !== null && { errorCode: state.errorCode, errorMessage: state.errorMessage }),
  };
}

async function saveRecordings(
  tx: Tx,
  businessId: number,
  callSid: string,
  recordings: readonly Recording[],
): Promise<void> {
  if (recordings.length === 0) return;
  await tx
    .insert(callRecording)
    .values(recordings.map((recording) => ({ businessId, callSid, ...recording })))
    .onConflictDoUpdate({
      target: [callRecording.businessId, callRecording.recordingSid],
      set: {
        status: sql`excluded.status`,
        source: sql`excluded.source`,
        url: sql`excluded.url`,
        channels: sql`excluded.channels`,
        durationSec: sql`excluded.duration_sec`,
        startedAt: sql`excluded.started_at`,
        errorCode: sql`excluded.error_code`,
      },
    });
}

async function saveStreams(
  tx: Tx,
  businessId: number,
  callSid: string,
  streams: readonly Stream[],
): Promise<void> {
  if (streams.length === 0) return;
  await tx
    .insert(callStream)
    .values(streams.map((stream) => ({ businessId, callSid, ...stream })))
    .onConflictDoUpdate({
      target: [callStream.businessId, callStream.streamSid],
      set: {
        name: sql`excluded.name`,
        startedAt: sql`excluded.started_at`,
        endedAt: sql`excluded.ended_at`,
        endedBy: sql`excluded.ended_by`,
        error: sql`excluded.error`,
      },
    });
}
