// Frees the jobs of workers that are gone, so that another process begins them at once.
import { sql } from 'drizzle-orm';
import type { Job } from 'graphile-worker';
import type { Db } from '../db/client.ts';

/** Puts interrupted jobs to the front again, and takes back the attempt: being stopped is no failure of theirs. */
export async function handBackJobs(db: Db, jobs: readonly Pick<Job, 'id' | 'attempts'>[]): Promise<void> {
  for (const { id, attempts } of jobs) {
    await db.execute(sql`
      select graphile_worker.reschedule_jobs(array[${id}]::bigint[], run_at => now(), attempts => ${attempts - 1}::integer)`);
  }
}

/** Unlocks what these workers still hold. They must not run any more. */
export async function unlockJobs(db: Db, workerIds: readonly string[]): Promise<void> {
  await db.execute(sql`select graphile_worker.force_unlock_workers(${sql.param(workerIds)}::text[])`);
}
