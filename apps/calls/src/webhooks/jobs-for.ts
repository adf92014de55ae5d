// Which background work an event asks for.

import { isFinalStatus } from '../domain/call.ts';
import type { CallEvent } from '../domain/call-event.ts';
import type { Job } from '../domain/job.ts';

/** Events about a call may still be on their way when its end is told: the finaliser waits for them. */
const SETTLING_MS = 5_000;

export function jobsFor(businessId: number, event: CallEvent): readonly Job[] {
  const { callSid } = event;
  if (callSid === null) return [];
  if (event.kind === 'recording status' && event.status === 'completed') {
    return [{ task: 'offline_stt', payload: { businessId, callSid, recordingSid: event.recordingSid } }];
  }
  if (event.kind === 'call status' && isFinalStatus(event.status)) {
    const finalize: Job = {
      task: 'finalize_in_background',
      payload: { businessId, callSid },
      runAt: new Date(event.receivedAt.getTime() + SETTLING_MS),
    };
    const { recordingSid } = event;
    return recordingSid === null
      ? [finalize]
      : [finalize, { task: 'offline_stt', payload: { businessId, callSid, recordingSid } }];
  }
  return [];
}
