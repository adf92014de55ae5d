// poll: tries, sleeps and tries again, in Node and never inside the server.
import { setTimeout as sleep } from 'node:timers/promises';

export interface Patience {
  /** Of `performance.now()`. */
  readonly until: number;
  readonly signal?: AbortSignal | undefined;
}

const firstPauseMs = 40;
const longestPauseMs = 1000;

/**
 * The first answer that is not undefined; undefined when the patience ends first. The pause grows, with a random part
 * so that many pollers do not march in step; `attempt` may have it begin small again by calling `soon`. Rejects with
 * the signal's reason.
 */
export async function poll<T>(
  patience: Patience,
  attempt: (soon: () => void) => Promise<T | undefined>,
): Promise<T | undefined> {
  for (let pause = firstPauseMs; ; pause = Math.min(pause * 1.5, longestPauseMs)) {
    patience.signal?.throwIfAborted();
    const answer = await attempt(() => {
      pause = firstPauseMs;
    });
    if (answer !== undefined) return answer;
    const left = patience.until - performance.now();
    if (left <= 0) return undefined;
    await sleep(Math.min(left, jitter(pause)), undefined, { signal: patience.signal });
  }
}

/** Half of it to all of it. */
export function jitter(milliseconds: number): number {
  return milliseconds * (0.5 + Math.random() / 2);
}
