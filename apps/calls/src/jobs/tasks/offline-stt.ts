// Fetches a recording, makes sure that it is whole, and turns it into the call's transcript; says honestly when it cannot.
import { rm, stat } from 'node:fs/promises';
import type { OfflineSttPayload } from '../../domain/job.ts';
import {
  type FetchedAudio,
  type RecordingWork,
  readRecordingWork,
  saveFetchedAudio,
  saveTranscript,
  saveTranscriptFailure,
} from '../../store/recording-work.ts';
import { downloadRecording, makeRecordingPath } from '../download-recording.ts';
import { HopelessError } from '../hopeless.ts';
import { measureAudio } from '../measure-audio.ts';
import { renderFault } from '../render-fault.ts';
import type { TaskContext } from '../task-context.ts';

/** Two recordings of one call that differ by less were running at the same time: a second transcript tells nothing new. */
const sameLengthSec = 2;

/**
 * May run twice, at the same time too. Rejects when it should be tried again; when nothing can be hoped for, or no attempt is
 * left, the call's `transcript_source` becomes `failed`, unless it has a text already.
 */
export async function offlineStt(job: OfflineSttPayload, context: TaskContext): Promise<void> {
  const work = await readRecordingWork(context.db, job);
  if (!work) {
    context.log.info(job, 'offline_stt: the recording is gone');
    return;
  }
  try {
    await transcribe(job, work, context);
  } catch (error) {
    const hopeless = error instanceof HopelessError;
    if (!hopeless && (!context.lastAttempt || context.signal.aborted)) throw error;
    await saveTranscriptFailure(context.db, job);
    context.log.warn({ ...job, reason: renderFault(error) }, 'offline_stt: no transcript');
    if (!hopeless) throw error;
  }
}

async function transcribe(job: OfflineSttPayload, work: RecordingWork, context: TaskContext): Promise<void> {
  if (work.status !== 'completed' || !work.url) throw new HopelessError(`the recording is ${work.status}`);
  const audio = await obtainAudio({ ...job, url: work.url }, work, context);
  if (work.transcribedSec !== null && audio.seconds < work.transcribedSec + sameLengthSec) return;
  if (!context.transcriber) throw new HopelessError('no speech-to-text service is configured (STT_BASE_URL)');
  const text = await context.transcriber.transcribe(
    makeRecordingPath(context.recordings.folder, job),
    context.signal,
  );
  if (text === '') throw new HopelessError('speech-to-text heard nothing in the recording');
  await saveTranscript(context.db, job, text, audio);
}

/** The audio on our disk, fetched when it is not there, or not what it was. */
async function obtainAudio(
  recording: OfflineSttPayload & { readonly url: string },
  work: RecordingWork,
  context: TaskContext,
): Promise<FetchedAudio> {
  const { folder } = context.recordings;
  if (work.downloaded && (await readSize(makeRecordingPath(folder, recording))) === work.downloaded.bytes) {
    return work.downloaded;
  }
  const { path, ...file } = await downloadRecording(recording, context.recordings, context.signal);
  const audio = { ...file, seconds: await measureOrRemove(path, work.durationSec) };
  await saveFetchedAudio(context.db, recording, audio);
  return audio;
}

/** What is not the whole recording must not stay on the disk as if it were. */
async function measureOrRemove(path: string, announcedSec: number | null): Promise<number> {
  try {
    return await measureAudio(path, announcedSec);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  }
}

async function readSize(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    // Not fetched yet, or removed since: it is fetched again.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
