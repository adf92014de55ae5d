// Makes or upgrades the schema of the queue, `graphile_worker`, by its own migrations.
import { runMigrations } from 'graphile-worker';
import type pg from 'pg';
import type { BaseLogger } from 'pino';
import { makeQueueLog } from './queue-log.ts';

/** Of all locks in the database the one for this: any number will do that nobody else takes. */
const lock = 8_041_974;

/** One process at a time: two that create the schema in the same moment make one of them fail with 23505. */
export async function installQueue(pool: pg.Pool, log: BaseLogger): Promise<void> {
  const holder = await pool.connect();
  try {
    await holder.query('select pg_advisory_lock($1)', [lock]);
    await runMigrations({ pgPool: pool, logger: makeQueueLog(log) });
    await holder.query('select pg_advisory_unlock($1)', [lock]);
    holder.release();
  } catch (error) {
    // Closing the connection gives the lock back.
    holder.release(true);
    throw error;
  }
}
