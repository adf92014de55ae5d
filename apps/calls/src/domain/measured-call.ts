// What the cost of a call is measured from: its facts, its distinct events, and the streams and recordings they tell of.

import type { CallFacts, Recording, Stream } from './call.ts';
import type { CallEvent } from './call-event.ts';

export interface MeasuredCall {
  readonly facts: CallFacts;
  readonly events: readonly CallEvent[];
  readonly recordings: readonly Recording[];
  readonly streams: readonly Stream[];
  /** When the call ended; null while it goes on. */
  readonly endedAt: Date | null;
}
