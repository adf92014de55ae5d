// Judgement: what the gate and `verify` found out about one database.
import type { Verdict } from '../catalog/index.ts';
import type { Compared, Finding } from '../report/index.ts';

export interface Judgement {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly coverage: Compared;
  /** Schemas whose names people leave out. */
  readonly searchPath: readonly string[];
  /** `postgres://app@db/calls`, never with a password. */
  readonly target: string;
  readonly milliseconds: number;
}
