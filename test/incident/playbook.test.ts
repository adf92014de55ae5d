// The calls of the story hold what the judge demands, so that no run fails for the calls that it happened to play.
import { expect, test } from 'vitest';
import type { CallScript, ProviderEvent } from '../../apps/calls/src/simulate/call-script.ts';
import { makeScript } from '../../apps/calls/src/simulate/make-script.ts';
import { tenant } from './fill.ts';
import { costColumns } from './measure.ts';
import { playbook } from './playbook.ts';

function scripts(seed: string, calls: number): CallScript[] {
  return Array.from({ length: calls }, (_, index) => makeScript(seed, index, tenant));
}

function tells(call: CallScript, holds: (event: ProviderEvent) => boolean): boolean {
  return call.deliveries.some(({ event }) => holds(event));
}

/** Whoever recorded it, the service is told of it and fetches it. */
function hasAudio(call: CallScript): boolean {
  return call.recordings.some(({ absent }) => !absent);
}

const hasStream = (name: 'stream-started' | 'stream-stopped') => (call: CallScript) =>
  tells(call, (event) => event.kind === 'stream_status' && event.streamEvent === name);

/** Whether the call fills the column, whatever the service's speed and the order in which its webhooks come. */
const fills: Readonly<Record<(typeof costColumns)[number], (call: CallScript) => boolean>> = {
  recording_mode: hasAudio,
  stream_started_at: hasStream('stream-started'),
  stream_ended_at: hasStream('stream-stopped'),
  stream_duration_sec: hasStream('stream-stopped'),
  stream_connect_count: (call) => call.streamSids.length > 0,
  webhook_11205_count: (call) => tells(call, (event) => event.kind === 'twilio_error'),
  webhook_retry_count: (call) => call.deliveries.some((delivery) => delivery.redeliveredAfterMs.length > 0),
  recording_count: hasAudio,
  // Nothing runs in a call that nobody answers: it is judged as soon as it has ended.
  estimated_cost_bucket: (call) => call.finalStatus !== 'completed',
};

test.each(costColumns)('a call of the new release fills %s', (name) => {
  const { seed, calls } = playbook.after;
  expect(scripts(seed, calls).filter(fills[name]).length).toBeGreaterThan(0);
});

test('the old release is called with a recording first: however few are played, the shares are of something', () => {
  const [first] = scripts(playbook.during.seed, 1);
  expect(hasAudio(first!)).toBe(true);
});
