// What a run of migrations says on its way, in words.
import type { Blocker, Holder, RunEvent } from '../migrate/run-order.ts';
import { count } from '../report/render/wrap.ts';

/** What was done is the result; what is waited for, and what the server remarks, is talk. */
export interface Told {
  readonly as: 'result' | 'talk';
  readonly lines: readonly string[];
}

/** `added call_log.recording_mode varchar(32)`, `0051_call_log_cost_metrics applied`. Warnings are left to who renders findings. */
export function renderEvent(event: RunEvent): readonly Told[] {
  const result = (...lines: readonly string[]): Told => ({ as: 'result', lines });
  const talk = (...lines: readonly string[]): Told => ({ as: 'talk', lines });
  switch (event.kind) {
    case 'started':
      return [talk(`${event.migration}: ${count(event.statements, 'statement')}`)];
    case 'statement':
      return [
        result(...event.words),
        talk(...event.notices.map((notice) => `the server remarks: ${notice}`)),
      ];
    case 'applied':
      return [result(`${event.applied.id} applied${event.verified ? '' : ', not verified'}`)];
    case 'waiting for runner':
      return [talk(`waiting for ${renderHolder(event.holder)} (${Math.round(event.seconds)} s)`)];
    case 'waiting for lock':
      return [talk(`waiting for a lock${renderBlockers(event.blockers)} (${Math.round(event.seconds)} s)`)];
    case 'trying again':
      return [
        talk(
          `the lock was not granted${renderBlockers(event.blockers)}: rolled back to let the traffic pass, attempt ${event.attempt + 1} in ${Math.round(event.inMs)} ms`,
        ),
      ];
    case 'commit settled':
      return [
        talk(
          `the connection was cut while ${event.migration} was committed; the ledger says it ${event.applied ? 'is' : 'is not'} applied`,
        ),
      ];
    case 'warning':
      return [];
  }
}

function renderHolder({ runner, statement, expired }: Holder): string {
  const doing = statement === null ? '' : `, in: ${statement}`;
  return `${runner}${expired ? ', whose lease is over' : ''}${doing}`;
}

function renderBlockers(blockers: readonly Blocker[]): string {
  if (blockers.length === 0) return '';
  const each = blockers.map(({ pid, application, state, ageSeconds, locks }) =>
    [
      `pid ${pid}${application ? ` (${application})` : ''}`,
      state === null ? '' : ` ${state}`,
      ageSeconds === null ? '' : ` for ${Math.round(ageSeconds)} s`,
      locks === null ? '' : `, ${locks}`,
    ].join(''),
  );
  return `, held by ${each.join('; ')}`;
}
