// Leads what graphile-worker says into the service's own log.
import { type Job, type LogFunctionFactory, Logger } from 'graphile-worker';
import type { BaseLogger } from 'pino';

const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/** A task that failed is tried again, so that it is a warning. No message carries a payload. */
export function makeQueueLog(log: BaseLogger): Logger {
  const factory: LogFunctionFactory = (scope) => (level, message, meta) => {
    if (meta?.failure === true) {
      const { id, task_identifier: task, attempts, max_attempts: of } = meta.job as Job;
      log.warn({ task, job: id, attempts, of }, `a task failed: ${(meta.error as Error).message}`);
      return;
    }
    log[levels[level]]({ task: scope.taskIdentifier, job: scope.jobId }, message);
  };
  return new Logger(factory);
}
