// Runs the background jobs of this process: survives a lost database, and hands back what it cannot finish when it stops.
import { EventEmitter } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { type Job, runTaskList, type WorkerEvents } from 'graphile-worker';
import type { Database } from '../db/client.ts';
import { handBackJobs, unlockJobs } from './hand-back.ts';
import { installQueue } from './install-queue.ts';
import { makeQueueLog } from './queue-log.ts';
import { renderFault } from './render-fault.ts';
import type { TaskDeps } from './task-context.ts';
import { makeTaskList } from './task-list.ts';

export interface WorkerOptions {
  /** Its pool serves the queue (one connection listens all the time) and the tasks. */
  readonly database: Database;
  /** Jobs at the same time in this process. */
  readonly concurrency: number;
  readonly deps: Omit<TaskDeps, 'db'>;
}

export interface Worker {
  /** Takes no more jobs, gives the running ones a moment, and hands the rest back for another process to begin at once. */
  readonly stop: () => Promise<void>;
}

/** One run of graphile-worker, from its start to its end. */
interface Shift {
  readonly end: () => Promise<void>;
}

/** Running jobs may still end by themselves for so long; then they are told to give up. */
const graceMs = 1_000;
const mendEveryMs = 1_000;

/**
 * Installs the queue and begins to work: when it resolves, jobs can be added. Several processes may share the queue.
 * Rejects with what the database says when it cannot be reached. Listens to no signal of the process.
 */
export async function startWorker(options: WorkerOptions): Promise<Worker> {
  const { database, deps } = options;
  const { log } = deps;
  const stopped = new AbortController();
  let mending: Promise<void> | null = null;
  const onBroken = (): void => {
    mending ??= mend().finally(() => {
      mending = null;
    });
  };
  await installQueue(database.pool, log);
  let shift = beginShift(options, onBroken);

  async function mend(): Promise<void> {
    log.warn('a job could not be reported to the database: starting the job worker again');
    while (!stopped.signal.aborted) {
      try {
        await shift.end();
        shift = beginShift(options, onBroken);
        return;
      } catch (error) {
        log.warn({ reason: renderFault(error) }, 'the job worker cannot start yet');
        await wait(mendEveryMs, undefined, { signal: stopped.signal }).catch(() => undefined);
      }
    }
  }

  return {
    async stop() {
      stopped.abort();
      await mending;
      try {
        await shift.end();
      } catch (error) {
        log.error(
          { reason: renderFault(error) },
          'running jobs were not handed back: they stay locked for four hours',
        );
      }
    },
  };
}

/** Not graphile-worker's `run`: its crontab, unused here, ends the process when the database is away at the wrong moment. */
function beginShift({ database, concurrency, deps }: WorkerOptions, onBroken: () => void): Shift {
  const events: WorkerEvents = new EventEmitter();
  const workerIds: string[] = [];
  const interrupted: Job[] = [];
  let halted: Promise<void> | null = null;
  events.on('worker:create', ({ worker }) => workerIds.push(worker.workerId));
  events.on('job:error', ({ job }) => {
    if (halted) interrupted.push(job);
  });
  // A worker whose job could not be marked as done or failed ends for good, and its job stays locked for four hours.
  events.on('worker:fatalError', onBroken);
  const workers = runTaskList(
    {
      concurrency,
      events,
      logger: makeQueueLog(deps.log),
      noHandleSignals: true,
      gracefulShutdownAbortTimeout: graceMs,
    },
    makeTaskList({ ...deps, db: database.db }),
    database.pool,
  );
  return {
    async end() {
      halted ??= workers.gracefulShutdown();
      await halted;
      await handBackJobs(database.db, interrupted);
      await unlockJobs(database.db, workerIds);
    },
  };
}
