// Puts jobs into the queue that lives in the same PostgreSQL, inside the caller's transaction.
import { sql } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import type { Job } from '../domain/job.ts';

/** The waits between attempts grow as e^n seconds: 12 attempts span about half a day, 6 about four minutes. */
const maxAttempts: Readonly<Record<Job['task'], number>> = { offline_stt: 12, finalize_in_background: 12 };

/**
 * Adds a job that becomes visible when the transaction commits and vanishes when it does not
 * (https://worker.graphile.org/docs/sql-add-job). The queue's schema must exist: `startWorker` installs it.
 * A job about the same recording or call that still waits is replaced; one that already runs is followed by this one.
 */
export async function enqueue(tx: Db, job: Job): Promise<void> {
  await tx.execute(sql`
    select graphile_worker.add_job(
      ${job.task}::text,
      payload => ${JSON.stringify(job.payload)}::json,
      run_at => ${job.runAt?.toISOString() ?? null}::timestamptz,
      queue_name => ${makeQueueName(job)}::text,
      max_attempts => ${maxAttempts[job.task]}::integer,
      job_key => ${makeJobKey(job)}::text
    )`);
}

function makeJobKey(job: Job): string {
  const { businessId, callSid } = job.payload;
  const about = job.task === 'offline_stt' ? job.payload.recordingSid : callSid;
  return `${job.task}/${businessId}/${about}`;
}

/**
 * Jobs of one queue run one after another: two recordings of a call, or a recording announced twice, would otherwise be
 * transcribed at the same time and paid for twice. The queue keeps a row for each name, hence a bounded number of them.
 */
function makeQueueName(job: Job): string | null {
  return job.task === 'offline_stt' ? `offline_stt/${job.payload.callSid.slice(-2)}` : null;
}
