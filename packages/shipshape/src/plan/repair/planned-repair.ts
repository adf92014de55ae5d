// PlannedRepair: a repair, and which drift it mends.
import type { Drifted } from './drifted.ts';
import type { Repair } from './repair.ts';

export interface PlannedRepair extends Repair {
  /** What is mended by it; empty for what an earlier attempt has left behind. */
  readonly mends: readonly Drifted[];
}

/** The thing itself comes back, not only an aspect of it. */
export function isMissing({ mends }: PlannedRepair): boolean {
  return mends.some(({ kind }) => kind === 'missing');
}
