// The recordings of a call, from its recording callbacks and from the final status, which may name one too.

import type { Recording } from './call.ts';
import type { CallEvent } from './call-event.ts';

/** Later knowledge wins over earlier: what a recording became, not what it was when the callback came. */
const RANK = ['in-progress', 'paused', 'stopped', 'processing', 'absent', 'failed', 'completed', 'deleted'];

/** One recording a RecordingSid, sorted by when it began, then by sid. */
export function foldRecordings(events: readonly CallEvent[]): readonly Recording[] {
  const tellings = new Map<string, Recording[]>();
  for (const telling of events.flatMap(tell)) {
    tellings.set(telling.recordingSid, [...(tellings.get(telling.recordingSid) ?? []), telling]);
  }
  return [...tellings.values()].map(reconcile).sort(byBeginning);
}

function tell(event: CallEvent): Recording[] {
  if (event.kind === 'recording status') {
    const { recordingSid, status, source, url, channels, durationSec, startedAt, errorCode } = event;
    return [{ recordingSid, status, source, url, channels, durationSec, startedAt, errorCode }];
  }
  if (event.kind === 'call status' && event.recordingSid !== null) {
    return [
      {
        recordingSid: event.recordingSid,
        status: 'completed',
        // The status names a recording only when Record=true or <Dial record> made it; which of both, the callback says.
        source: null,
        url: event.recordingUrl,
        channels: null,
        durationSec: event.recordingDurationSec,
        startedAt: null,
        errorCode: null,
      },
    ];
  }
  return [];
}

/** Each field from the telling that knows most; of two that know the same, from the one whose values sort first. */
function reconcile(tellings: readonly Recording[]): Recording {
  const ranked = [...tellings].sort(
    (a, b) =>
      RANK.indexOf(b.status) - RANK.indexOf(a.status) || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1),
  );
  const best = <K extends keyof Recording>(field: K) =>
    ranked.find((telling) => telling[field] !== null)?.[field] ?? null;
  return {
    recordingSid: ranked[0]!.recordingSid,
    status: ranked[0]!.status,
    source: best('source'),
    url: best('url'),
    channels: best('channels'),
    durationSec: best('durationSec'),
    startedAt: best('startedAt'),
    errorCode: best('errorCode'),
  };
}

function byBeginning(a: Recording, b: Recording): number {
  const difference = (a.startedAt?.getTime() ?? Infinity) - (b.startedAt?.getTime() ?? Infinity);
  return difference || (a.recordingSid < b.recordingSid ? -1 : 1);
}
