// What a run of migrations says on its way, in words.
import type { TransactionRule } from '../migrate/migration.ts';
import type { Blocker, Holder, RunEvent } from '../migrate/run-order.ts';
import { count } from '../report/render/wrap.ts';

/**
 * What was done is the result; what is waited for, and what the server remarks, is talk. Progress is one line that takes
 * the place of the one before.
 */
export interface Told {
  readonly as: 'result' | 'talk' | 'progress';
  readonly lines: readonly string[];
}

/** `added call_log.recording_mode varchar(32)`, `0051_call_log_cost_metrics applied`. Warnings are left to who renders findings. */
export function renderEvent(event: RunEvent): readonly Told[] {
  const result = (...lines: readonly string[]): Told => ({ as: 'result', lines });
  const talk = (...lines: readonly string[]): Told => ({ as: 'talk', lines });
  switch (event.kind) {
    case 'started':
      return [talk(`${event.migration}: ${renderSize(event.by, event.statements)}`)];
    case 'command':
    case 'step':
      return [talk(event.words)];
    case 'waiting for replica':
      return [
        talk(
          `waiting for the replica ${event.replica}, which is ${Math.round(event.megabytes)} MB and ${Math.round(event.seconds)} s behind`,
        ),
      ];
    case 'progress':
      return [{ as: 'progress', lines: [renderProgress(event)] }];
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
          `the connection was cut while ${event.migration} was committed; the database says that it ${event.applied ? 'came' : 'did not come'} through`,
        ),
      ];
    case 'warning':
      return [];
  }
}

function renderSize(by: TransactionRule, statements: number): string {
  if (by === 'each batch') return 'one statement, batch by batch';
  return by === 'each statement'
    ? `${count(statements, 'step')}, each of which is kept by itself`
    : count(statements, 'statement');
}

/** `building index: scanning table, 4120 of 81967 blocks (5%), 2060 a second, about 38 s left` */
function renderProgress({
  advance: { phase, done, total, unit },
  perSecond,
  secondsLeft,
  blockers,
}: Extract<RunEvent, { kind: 'progress' }>): string {
  const share = total === null || done === null || total === 0 ? null : Math.floor((done * 100) / total);
  const parts = [
    phase,
    done === null ? '' : `${done}${total === null ? '' : ` of ${total}`} ${unit}`,
    share === null ? '' : `${Math.min(share, 100)}%`,
    perSecond === null ? '' : `${Math.round(perSecond)} a second`,
    secondsLeft === null ? '' : `about ${renderSeconds(secondsLeft)} left`,
  ];
  return `${parts.filter(Boolean).join(', ')}${renderBlockers(blockers)}`;
}

function renderSeconds(seconds: number): string {
  if (seconds < 100) return `${Math.ceil(seconds)} s`;
  return seconds < 6000 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
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
