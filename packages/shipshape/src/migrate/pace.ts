// Pace: how fast something long goes, and how long it will still take.
import type { Advance } from './run-order.ts';

export interface Pace {
  readonly perSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Each phase is measured by itself, from the first time that it is seen. */
export function makePaceMeter(): (advance: Advance) => Pace {
  let first: { readonly phase: string; readonly done: number; readonly at: number } | null = null;
  return ({ phase, done, total }) => {
    const at = performance.now();
    if (done === null || first?.phase !== phase || done < first.done) {
      first = done === null ? null : { phase, done, at };
      return { perSecond: null, secondsLeft: null };
    }
    const perSecond = ((done - first.done) * 1000) / (at - first.at);
    if (!(perSecond > 0)) return { perSecond: null, secondsLeft: null };
    return { perSecond, secondsLeft: total === null ? null : Math.max(0, total - done) / perSecond };
  };
}
