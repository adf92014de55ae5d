// Scene: what every step of a run under the lock needs to know.
import type { MigrationId } from '../catalog/index.ts';
import type { Stand, StepStand } from '../report/codes/stand.ts';
import type { Finding } from '../report/index.ts';
import type { Lock } from './lock.ts';
import type { Applied } from './migration.ts';
import type { RunOrder } from './run-order.ts';
import type { Runner } from './runner.ts';

/** What came of the run so far; outlives a connection. */
export interface Progress {
  readonly applied: Applied[];
  left: readonly MigrationId[];
  failed: MigrationId | null;
  /** How far the one came that is being applied; null while that is one transaction. */
  steps: StepStand | null;
  readonly warnings: Finding[];
}

export interface Scene {
  readonly order: RunOrder;
  readonly runner: Runner;
  readonly lock: Lock;
  readonly progress: Progress;
  /** Of `work`: lost although what was under way came through (a COMMIT whose answer was lost). */
  readonly connection: { readonly lost: boolean };
}

/** For the findings that say what a run leaves behind. */
export function standOf({ applied, left, steps }: Progress): Stand {
  return { applied: applied.map((each) => each.id), left, steps };
}

/** Once each. */
export function warn(order: RunOrder, progress: Progress, findings: readonly Finding[]): void {
  for (const finding of findings) {
    if (progress.warnings.some((each) => each.what === finding.what)) continue;
    progress.warnings.push(finding);
    order.on({ kind: 'warning', finding });
  }
}
