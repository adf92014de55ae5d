// Says how long the audio in a file is, and whether that is what the provider announced.
import { parseFile } from 'music-metadata';

/** RecordingDuration is in whole seconds, and its rounding is not documented. */
const toleranceSec = 1.5;

/**
 * Seconds of audio in the file. `announcedSec` is null when the provider told none.
 * Throws an Error when there is no audio, or clearly more or less of it than announced: the file is not the whole recording.
 */
export async function measureAudio(path: string, announcedSec: number | null): Promise<number> {
  const { format } = await parseFile(path, { duration: true });
  const seconds = format.duration ?? 0;
  if (!(seconds > 0)) throw new Error('the recording holds no audio');
  if (announcedSec !== null && Math.abs(seconds - announcedSec) > toleranceSec) {
    throw new Error(`the recording lasts ${seconds.toFixed(1)} s, the provider announced ${announcedSec} s`);
  }
  return seconds;
}
