// The tasks by their names in the queue, each with a context of its own.
import type { JobHelpers, TaskList } from 'graphile-worker';
import type { FinalizePayload, Job, OfflineSttPayload } from '../domain/job.ts';
import { renderFault } from './render-fault.ts';
import type { TaskContext, TaskDeps } from './task-context.ts';
import { finalizeInBackground } from './tasks/finalize.ts';
import { offlineStt } from './tasks/offline-stt.ts';

export function makeTaskList(deps: TaskDeps): TaskList {
  const tasks: Record<Job['task'], (payload: unknown, context: TaskContext) => Promise<void>> = {
    offline_stt: (payload, context) => offlineStt(payload as OfflineSttPayload, context),
    finalize_in_background: (payload, context) => finalizeInBackground(payload as FinalizePayload, context),
  };
  return Object.fromEntries(
    Object.entries(tasks).map(([name, task]) => [
      name,
      async (payload: unknown, helpers: JobHelpers) => {
        const context = {
          ...deps,
          lastAttempt: helpers.job.attempts >= helpers.job.max_attempts,
          signal: helpers.abortSignal!,
        };
        try {
          await task(payload, context);
        } catch (error) {
          // The queue logs the message and keeps it beside the job.
          throw new Error(renderFault(error));
        }
      },
    ]),
  );
}
