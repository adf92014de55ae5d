// The media streams of a call, from stream events; a lost end is taken from the `<Connect action>` request or the call's end.

import type { Stream, StreamEnd } from './call.ts';
import { type CallEvent, eventTime, type StreamStatus } from './call-event.ts';

/** One stream a StreamSid, sorted by when it began, then by sid. `endedAt` of the call is null while it goes on. */
export function foldStreams(events: readonly CallEvent[], callEndedAt: Date | null): readonly Stream[] {
  const tellings = new Map<string, StreamStatus[]>();
  for (const event of events) {
    if (event.kind !== 'stream status') continue;
    tellings.set(event.streamSid, [...(tellings.get(event.streamSid) ?? []), event]);
  }
  const actions = events.filter((event) => event.kind === 'stream ended').map(eventTime);
  return [...tellings.values()].map((told) => reconcile(told, actions, callEndedAt)).sort(byBeginning);
}

function reconcile(
  told: readonly StreamStatus[],
  actions: readonly Date[],
  callEndedAt: Date | null,
): Stream {
  const timeOf = (name: string) => earliest(told.filter(({ event }) => event === name).map(eventTime));
  const startedAt = timeOf('stream-started');
  const stoppedAt = timeOf('stream-stopped');
  const end = stoppedAt === null ? lostEnd(startedAt, actions, callEndedAt) : at(stoppedAt, 'stream event');
  return {
    streamSid: told[0]!.streamSid,
    name: told.find(({ name }) => name !== null)?.name ?? null,
    startedAt,
    endedAt: end?.endedAt ?? null,
    endedBy: end?.endedBy ?? null,
    error: told.find(({ error }) => error !== null)?.error ?? null,
  };
}

/** The first thing after the start that no stream outlives. */
function lostEnd(startedAt: Date | null, actions: readonly Date[], callEndedAt: Date | null) {
  const action = earliest(actions.filter((time) => startedAt === null || time >= startedAt));
  if (action !== null && (callEndedAt === null || action < callEndedAt)) return at(action, 'stream ended');
  return callEndedAt === null ? null : at(callEndedAt, 'call ended');
}

function at(endedAt: Date, endedBy: StreamEnd) {
  return { endedAt, endedBy };
}

function earliest(times: readonly Date[]): Date | null {
  return times.length === 0 ? null : new Date(Math.min(...times.map((time) => time.getTime())));
}

function byBeginning(a: Stream, b: Stream): number {
  const difference = (a.startedAt?.getTime() ?? Infinity) - (b.startedAt?.getTime() ?? Infinity);
  return difference || (a.streamSid < b.streamSid ? -1 : 1);
}
