// Puts a transcript to its call, never in place of a better one.

import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';
import { callLog } from '../db/schema.ts';
import type { TranscriptSource } from '../domain/call.ts';

export interface Transcript {
  readonly source: TranscriptSource;
  /** Empty when nothing was said or `source` is `failed`. */
  readonly text: string;
}

/**
 * A transcript with words replaces any other, save that one from the recording is not replaced by a realtime one. Without
 * words, or `failed`, it only fills an empty place. Gives whether it was saved.
 */
export async function saveTranscript(
  tx: Tx,
  businessId: number,
  callSid: string,
  transcript: Transcript,
): Promise<boolean> {
  const text = transcript.source === 'failed' ? '' : transcript.text.trim();
  const noneYet = or(isNull(callLog.finalTranscript), eq(callLog.finalTranscript, ''));
  const replaceable =
    text === ''
      ? noneYet
      : transcript.source === 'recording'
        ? sql`true`
        : or(noneYet, eq(callLog.transcriptSource, 'realtime'));
  const saved = await tx
    .update(callLog)
    .set({
      ...(transcript.source !== 'realtime' && text !== '' && { transcription: text }),
      ...(text !== '' && { finalTranscript: text }),
      transcriptSource: transcript.source,
      updatedAt: sql`now() at time zone 'utc'`,
    })
    .where(and(eq(callLog.businessId, businessId), eq(callLog.callSid, callSid), replaceable))
    .returning({ id: callLog.id });
  return saved.length > 0;
}
