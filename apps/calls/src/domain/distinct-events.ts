// Makes of deliveries the set of distinct events, in one order, so that what follows cannot depend on how they arrived.

import type { CallEvent } from './call-event.ts';

/** One event a business key, sorted by key. Each further delivery counts as a redelivery; the first reception stands. */
export function distinctEvents(deliveries: readonly CallEvent[]): readonly CallEvent[] {
  const byKey = new Map<string, CallEvent>();
  for (const event of deliveries) {
    const known = byKey.get(event.key);
    byKey.set(event.key, known === undefined ? event : merge(known, event));
  }
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

function merge(one: CallEvent, other: CallEvent): CallEvent {
  const first = one.receivedAt <= other.receivedAt ? one : other;
  return { ...first, redeliveries: one.redeliveries + other.redeliveries + 1 };
}
