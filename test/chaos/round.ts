// Round: one scene of the chaos run: who runs what, by which way, and what strikes them when.

export const kinds = ['transactions', 'concurrent index', 'backfill'] as const;
export type Kind = (typeof kinds)[number];

export type Transport = 'direct' | 'pooled';

/** `kill`: SIGKILL of a runner. The others hit every runner at once: connections cut, bytes lost for longer than a lease, a server that crashes and recovers. */
export type Disturbance = 'kill' | 'cut' | 'stall' | 'restart';

export interface Strike {
  /** `open step`: when a runner has a migration begun and not ended; it is the one that is hit. */
  readonly on: 'open step' | 'any moment';
  readonly afterMs: number;
  /** Which of the runners that live, where any will do. */
  readonly pick: number;
}

export interface Round {
  readonly kind: Kind;
  readonly transport: Transport;
  readonly disturbance: Disturbance;
  readonly strikes: readonly Strike[];
  /** When each runner is started, in milliseconds. */
  readonly starts: readonly number[];
}

export interface Outcome {
  readonly round: Round;
  readonly struck: number;
  /** Of these strikes, those that hit a runner in the middle of a migration. */
  readonly struckOpen: number;
  readonly seconds: number;
  /** What is not as it should be; empty when all is well. */
  readonly faults: readonly string[];
}
