// What the background work on a recording reads and writes: the announced file, the audio that was fetched, the transcript.

import { and, eq, isNull, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { callLog, callRecording } from '../db/schema.ts';

export interface RecordingKey {
  readonly businessId: number;
  readonly callSid: string;
  readonly recordingSid: string;
}

/** A recording as the worker meets it, with what its call has as a transcript already. */
export interface RecordingWork {
  readonly status: string;
  readonly url: string | null;
  /** Whole seconds as the provider announced them. */
  readonly durationSec: number | null;
  readonly downloaded: FetchedAudio | null;
  /** Seconds of the recording that the call's transcript was made of; null when it has none from a recording. */
  readonly transcribedSec: number | null;
}

export interface FetchedAudio {
  readonly bytes: number;
  readonly seconds: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** null when the recording or its call is not (any more) there. */
export async function readRecordingWork(db: Db, key: RecordingKey): Promise<RecordingWork | null> {
  const rows = await db
    .select({
      status: callRecording.status,
      url: callRecording.url,
      durationSec: callRecording.durationSec,
      bytes: callRecording.audioBytesLen,
      seconds: callRecording.audioDurationSec,
      sha256: callRecording.audioSha256,
      transcribedSec: sql<number | null>`case when ${transcribed} then ${callLog.audioDurationSec} end`,
    })
    .from(callRecording)
    .innerJoin(
      callLog,
      and(eq(callLog.businessId, callRecording.businessId), eq(callLog.callSid, callRecording.callSid)),
    )
    .where(isRecording(key));
  const [row] = rows;
  if (!row) return null;
  const { bytes, seconds, sha256, ...work } = row;
  const known = bytes !== null && seconds !== null && sha256 !== null;
  return { ...work, downloaded: known ? { bytes, seconds, sha256 } : null };
}

/** Remembers what was fetched and how long it really is. */
export async function saveFetchedAudio(db: Db, key: RecordingKey, audio: FetchedAudio): Promise<void> {
  await db
    .update(callRecording)
    .set({
      downloadedAt: new Date(),
      audioBytesLen: audio.bytes,
      audioDurationSec: audio.seconds,
      audioSha256: audio.sha256,
    })
    .where(isRecording(key));
}

/** Gives the call its transcript. One that was made of a longer recording stays. */
export async function saveTranscript(
  db: Db,
  key: RecordingKey,
  text: string,
  audio: FetchedAudio,
): Promise<void> {
  await db
    .update(callLog)
    .set({
      finalTranscript: text,
      transcriptSource: 'recording',
      audioBytesLen: audio.bytes,
      audioDurationSec: audio.seconds,
      updatedAt: new Date(),
    })
    .where(
      and(
        isCall(key),
        or(
          sql`not ${transcribed}`,
          isNull(callLog.audioDurationSec),
          lt(callLog.audioDurationSec, audio.seconds),
        ),
      ),
    );
}

/** Says that a transcript was tried and none was got; a call that has a text keeps it, and where it came from. */
export async function saveTranscriptFailure(db: Db, key: RecordingKey): Promise<void> {
  await db
    .update(callLog)
    .set({ transcriptSource: 'failed', updatedAt: new Date() })
    .where(and(isCall(key), isBlank(callLog.finalTranscript), isBlank(callLog.transcription)));
}

const transcribed = sql`(${callLog.transcriptSource} is not distinct from 'recording' and ${callLog.finalTranscript} is not null)`;

function isBlank(column: typeof callLog.finalTranscript | typeof callLog.transcription): SQL {
  return sql`coalesce(btrim(${column}), '') = ''`;
}

function isCall({ businessId, callSid }: RecordingKey): SQL | undefined {
  return and(eq(callLog.businessId, businessId), eq(callLog.callSid, callSid));
}

function isRecording({ businessId, callSid, recordingSid }: RecordingKey): SQL | undefined {
  return and(
    eq(callRecording.businessId, businessId),
    eq(callRecording.callSid, callSid),
    eq(callRecording.recordingSid, recordingSid),
  );
}
