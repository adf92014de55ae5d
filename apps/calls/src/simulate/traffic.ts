// Plays calls against a running server at a chosen rate, until a bound is met or it is stopped.
import { setTimeout as wait } from 'node:timers/promises';
import { assertLoopback } from './loopback.ts';
import { type Callee, makeScript } from './make-script.ts';
import { playCall } from './play-call.ts';
import type { Provider } from './provider.ts';
import { Tally, type TrafficSummary } from './summary.ts';

export interface TrafficOptions {
  /** Where the server listens; only this machine is accepted. */
  readonly url: string;
  /** The public base URL that the server checks signatures against; `url` when absent. */
  readonly publicUrl?: string;
  readonly authToken: string;
  readonly callee: Callee;
  readonly provider: Provider;
  readonly seed: string;
  /** Calls begun per second, however fast the server answers. */
  readonly rate: number;
  /** The run ends by itself after so many calls, or begins none after so many seconds: one of both is required. */
  readonly calls?: number;
  readonly seconds?: number;
  /** When aborted, no further call is begun; those that run are played to their end. */
  readonly signal?: AbortSignal;
}

/** Throws RangeError for a server elsewhere and for a run without an end. Problems of the server are counted, not thrown. */
export async function runTraffic(options: TrafficOptions): Promise<TrafficSummary> {
  const { calls = Number.POSITIVE_INFINITY, seconds = Number.POSITIVE_INFINITY } = options;
  if (!(options.rate > 0) || !Number.isFinite(Math.min(calls, seconds))) {
    throw new RangeError('traffic needs a rate above 0 and a number of calls or of seconds');
  }
  const url = new URL(options.url);
  assertLoopback(url);
  const tally = new Tally();
  const destination = { url, publicUrl: new URL(options.publicUrl ?? url), authToken: options.authToken };
  const startedAt = performance.now();
  const elapsed = (): number => (performance.now() - startedAt) / 1000;
  const playing: Promise<number>[] = [];

  for (let index = 0; index < calls; index++) {
    const beginsAt = index / options.rate;
    if (beginsAt >= seconds || !(await pause(beginsAt - elapsed(), options.signal))) break;
    const script = makeScript(options.seed, index, options.callee);
    playing.push(playCall(script, { destination, provider: options.provider, tally }));
  }
  const recordings = (await Promise.all(playing)).reduce((sum, announced) => sum + announced, 0);
  return tally.summarize({ seed: options.seed, calls: playing.length, recordings, seconds: elapsed() });
}

/** False when the signal ends the pause, or ended it before. */
async function pause(seconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  if (seconds > 0) {
    await wait(seconds * 1000, undefined, { signal }).catch((error: Error) => {
      if (error.name !== 'AbortError') throw error;
    });
  }
  return !signal?.aborted;
}
