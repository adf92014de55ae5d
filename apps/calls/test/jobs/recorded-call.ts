// Rows of a recorded call as the webhooks leave them, and the ways in which a test looks at the work on them.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { expect } from 'vitest';
import type { Database } from '../../src/db/client.ts';
import type { RecordingSettings } from '../../src/jobs/download-recording.ts';
import { enqueue } from '../../src/jobs/queue.ts';
import type { TaskDeps } from '../../src/jobs/task-context.ts';
import { makeHttpTranscriber } from '../../src/jobs/transcriber.ts';
import type { Provider, ServedRecording } from '../../src/simulate/provider.ts';

export const transcriptionKey = 'the key of the test';
export const accountSid = `AC${'1'.repeat(32)}`;
export const callSid = `CA${'1'.repeat(32)}`;
export const recordingSidOf = (digit: string): string => `RE${digit.repeat(32)}`;

/** The provider serves the recording, and the database knows it as completed with its job queued. */
export async function recordCall(
  database: Database,
  provider: Provider,
  recording: Partial<ServedRecording> & { digit?: string; announcedSec?: number } = {},
): Promise<void> {
  const { digit = '2', announcedSec, ...served } = recording;
  const recordingSid = recordingSidOf(digit);
  const seconds = served.seconds ?? 3;
  const url = provider.addRecording({ accountSid, recordingSid, ...served, seconds });
  await database.pool.query(
    `insert into call_log (business_id, call_sid, status) values (1, $1, 'completed') on conflict do nothing`,
    [callSid],
  );
  await database.pool.query(
    `insert into call_recording (business_id, call_sid, recording_sid, status, source, url, duration_sec)
     values (1, $1, $2, 'completed', 'OutboundAPI', $3, $4)`,
    [callSid, recordingSid, url, announcedSec ?? Math.round(seconds)],
  );
  await queueRecording(database, digit);
}

export async function queueRecording(database: Database, digit = '2'): Promise<void> {
  const payload = { businessId: 1, callSid, recordingSid: recordingSidOf(digit) };
  await enqueue(database.db, { task: 'offline_stt', payload });
}

export interface Workshop {
  readonly deps: Omit<TaskDeps, 'db'> & { readonly log: Logger };
  /** Every line that was logged. */
  readonly logged: string[];
  readonly clean: () => Promise<void>;
}

export async function makeWorkshop(provider: Provider): Promise<Workshop> {
  const folder = await mkdtemp(join(tmpdir(), 'recordings-'));
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) });
  const recordings: RecordingSettings = {
    folder,
    origins: [provider.url],
    credentials: { accountSid, authToken: 'the password of the account' },
    maxBytes: 1_000_000,
    timeoutMs: 10_000,
  };
  const transcriber = makeHttpTranscriber({
    baseUrl: provider.transcriptionUrl,
    key: transcriptionKey,
    model: 'whisper-1',
    timeoutMs: 10_000,
  });
  return {
    deps: { recordings, transcriber, log },
    logged,
    clean: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface Job {
  readonly attempts: number;
  readonly locked_by: string | null;
  readonly last_error: string | null;
  readonly due: boolean;
}

export async function readJobs(database: Database): Promise<Job[]> {
  const { rows } = await database.pool.query(
    `select attempts, locked_by, last_error, run_at <= now() as due from graphile_worker._private_jobs order by id`,
  );
  return rows;
}

/** Waits for what the assertion says; generous, for a machine that is busy with other tests. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { interval: 20, timeout: 20_000 });
}

/** Waits until the queue is empty; jobs that wait for another attempt are made due at once. */
export async function finishJobs(database: Database): Promise<void> {
  await eventually(async () => {
    await database.pool.query(
      `update graphile_worker._private_jobs set run_at = now() where locked_at is null and run_at > now();
       select pg_notify('jobs:insert', '{"count":1}')`,
    );
    return readJobs(database);
  }).toEqual([]);
}

export async function readTranscript(database: Database) {
  const { rows } = await database.pool.query(
    `select final_transcript as text, transcript_source as source, audio_bytes_len::int as bytes, audio_duration_sec as seconds
     from call_log where call_sid = $1`,
    [callSid],
  );
  return rows[0];
}
