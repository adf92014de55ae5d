// The state machine of a call: the set of its events, in any order and any multiplicity, gives one and the same state.

import {
  CALL_STATUSES,
  type CallDirection,
  type CallFacts,
  type CallState,
  isFinalStatus,
  type Recording,
} from './call.ts';
import { type CallEvent, eventTime } from './call-event.ts';
import { COST_RULE, type CostRule } from './cost.ts';
import { distinctEvents } from './distinct-events.ts';
import { foldRecordings } from './fold-recordings.ts';
import { foldStreams } from './fold-streams.ts';
import { measureCost } from './measure-cost.ts';

/**
 * Folds all events of one call. Nothing is carried from an earlier state, so that a late, early or repeated event cannot
 * leave a trace of when it came: only `webhookRetryCount` and what the rule makes of it tell a redelivery.
 */
export function advanceCall(
  callSid: string,
  deliveries: readonly CallEvent[],
  rule: CostRule = COST_RULE,
): CallState {
  const events = distinctEvents(deliveries);
  const last = lastStatus(events);
  const ended = last !== null && isFinalStatus(last.status);
  const endedAt = ended ? eventTime(last) : null;
  const recordings = foldRecordings(events);
  const streams = foldStreams(events, endedAt);
  const recording = mainRecording(recordings);
  const facts: CallFacts = {
    callSid,
    parentCallSid: firstKnown(events, (event) => event.parentCallSid),
    ...directionOf(firstKnown(events, (event) => event.twilioDirection)),
    status: last?.status ?? null,
    duration: last?.kind === 'call status' && ended ? last.durationSec : null,
    recordingUrl: recording?.url ?? null,
    recordingSid: recording?.recordingSid ?? null,
    ...lastError(events),
  };
  return {
    ...facts,
    endedAt,
    recordings,
    streams,
    ...measureCost({ facts, events, recordings, streams, endedAt }, rule),
  };
}

type StatusEvent = Extract<CallEvent, { kind: 'voice request' | 'call status' | 'stream ended' }>;

function tellsStatus(event: CallEvent): event is StatusEvent {
  return event.kind === 'voice request' || event.kind === 'call status' || event.kind === 'stream ended';
}

/** The furthest status; among final ones the later by sequence, then by time. Final is absorbing. */
function lastStatus(events: readonly CallEvent[]): StatusEvent | null {
  const telling = events.filter(tellsStatus).filter(({ status }) => status !== null);
  return telling.sort(byProgress).at(-1) ?? null;
}

function byProgress(a: StatusEvent, b: StatusEvent): number {
  const bothFinal = isFinalStatus(a.status) && isFinalStatus(b.status);
  const rank = (event: StatusEvent) => (event.status === null ? -1 : CALL_STATUSES.indexOf(event.status));
  const sequence = (event: StatusEvent) => (event.kind === 'call status' ? (event.sequence ?? -1) : -1);
  const byTime = eventTime(a).getTime() - eventTime(b).getTime();
  return bothFinal
    ? sequence(a) - sequence(b) || byTime || rank(a) - rank(b)
    : rank(a) - rank(b) || sequence(a) - sequence(b) || byTime;
}

/** All events of a call agree about its identity; the first in canonical order that says it is taken. */
function firstKnown(
  events: readonly CallEvent[],
  read: (event: StatusEvent) => string | null,
): string | null {
  return (
    events
      .filter(tellsStatus)
      .map(read)
      .find((value) => value !== null) ?? null
  );
}

/** `inbound`, `outbound-api`, `outbound-dial`, and the trunking ones, as the provider names them. */
function directionOf(twilioDirection: string | null) {
  const known = twilioDirection?.match(/inbound|outbound/)?.[0] as CallDirection | undefined;
  return { direction: known ?? 'unknown', twilioDirection } as const;
}

/** Of several recordings the longest: it holds most of what was said. */
function mainRecording(recordings: readonly Recording[]): Recording | null {
  const usable = recordings.filter(({ status }) => status === 'completed');
  return usable.reduce<Recording | null>(
    (best, each) => (best === null || (each.durationSec ?? 0) > (best.durationSec ?? 0) ? each : best),
    null,
  );
}

function lastError(events: readonly CallEvent[]) {
  const errors = events.filter((event) => event.kind === 'debugger');
  const last = errors.sort((a, b) => eventTime(a).getTime() - eventTime(b).getTime()).at(-1);
  return { errorCode: last?.errorCode ?? null, errorMessage: last?.message ?? null };
}
