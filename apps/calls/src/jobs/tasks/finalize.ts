// The one finaliser of a call, whatever ended it: status, stream times, cost bucket and its reasons, from all stored events.
import type { FinalizePayload } from '../../domain/job.ts';
import { advanceStoredCall } from '../../store/advance-stored-call.ts';
import type { TaskContext } from '../task-context.ts';

/** Events that came late, or in parallel, are all in by now. Running it again changes nothing. */
export async function finalizeInBackground(job: FinalizePayload, context: TaskContext): Promise<void> {
  const state = await context.db.transaction((tx) => advanceStoredCall(tx, job.businessId, job.callSid));
  if (!state) context.log.info(job, 'finalize_in_background: the call is gone');
}
