// What a background task works with.
import type { BaseLogger } from 'pino';
import type { Db } from '../db/client.ts';
import type { RecordingSettings } from './download-recording.ts';
import type { Transcriber } from './transcriber.ts';

export interface TaskDeps {
  readonly db: Db;
  readonly recordings: RecordingSettings;
  /** null: none is configured. */
  readonly transcriber: Transcriber | null;
  /** Hears identifiers and reasons, never a phone number or a text. */
  readonly log: BaseLogger;
}

export interface TaskContext extends TaskDeps {
  /** A failure now is final: the queue tries no more. */
  readonly lastAttempt: boolean;
  /** The process is stopping: give up, the job is handed back. */
  readonly signal: AbortSignal;
}
