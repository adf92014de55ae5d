// explainMissing: what goes without saying while there is no snapshot.
import { type Finding, makeFinding } from '../report/index.ts';

/** Told once for all that is applied without it. */
export function explainMissing(file: string): Finding {
  const lost = 'what migrations make is not verified while they are applied, and is not known afterwards';
  return makeFinding('snapshot-missing', { file, lost });
}
