// What the service itself learnt about a recording: that its audio was downloaded, and what it is.

import { and, eq } from 'drizzle-orm';
import type { Db, Tx } from '../db/client.ts';
import { callLog, callRecording } from '../db/schema.ts';

/** One row of `call_recording`. Lengths are bytes and seconds. */
export type StoredRecording = Readonly<typeof callRecording.$inferSelect>;

/** Null when the tenant has no such recording. */
export async function readRecording(
  db: Db,
  businessId: number,
  recordingSid: string,
): Promise<StoredRecording | null> {
  const [row] = await db
    .select()
    .from(callRecording)
    .where(and(eq(callRecording.businessId, businessId), eq(callRecording.recordingSid, recordingSid)));
  return row ?? null;
}

export interface RecordingAudio {
  readonly bytes: number;
  readonly durationSec: number;
  /** Hexadecimal. */
  readonly sha256: string;
  readonly downloadedAt: Date;
}

/** Notes a verified download at the recording, and at its call when it is the recording that the call shows. */
export async function saveRecordingAudio(
  tx: Tx,
  businessId: number,
  recordingSid: string,
  audio: RecordingAudio,
): Promise<void> {
  await tx
    .update(callRecording)
    .set({
      downloadedAt: audio.downloadedAt,
      audioBytesLen: audio.bytes,
      audioDurationSec: audio.durationSec,
      audioSha256: audio.sha256,
    })
    .where(and(eq(callRecording.businessId, businessId), eq(callRecording.recordingSid, recordingSid)));
  await tx
    .update(callLog)
    .set({ audioBytesLen: audio.bytes, audioDurationSec: audio.durationSec })
    .where(and(eq(callLog.businessId, businessId), eq(callLog.recordingSid, recordingSid)));
}
