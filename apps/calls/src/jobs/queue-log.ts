// Leads what graphile-worker says into the service's own log.
import { type LogFunctionFactory, Logger } from 'graphile-worker';
import type { BaseLogger } from 'pino';

const levels = { error: 'error', warning: 'warn', info: 'debug', debug: 'trace' } as const;

/** A task that failed is tried again, so that it is a warning; the queue's own messages carry no payload. */
export function makeQueueLog(log: BaseLogger): Logger {
  const factory: LogFunctionFactory = (scope) => (level, message, meta) => {
    const ours = meta?.failure === true ? 'warn' : levels[level];
    log[ours]({ task: scope.taskIdentifier, job: scope.jobId }, message);
  };
  return new Logger(factory);
}
