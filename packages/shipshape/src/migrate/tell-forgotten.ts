// tellForgotten: of what a run was told is committed, what a server that crashed has forgotten.
import { makeFinding } from '../report/index.ts';
import type { History } from './migration.ts';
import type { RunOrder } from './run-order.ts';
import { type Progress, warn } from './scene.ts';

/** `history`: of now. What is pending again is no longer told as applied by this run. */
export function tellForgotten(order: RunOrder, progress: Progress, { pending }: History): void {
  const again = new Set(pending.map(({ id }) => id));
  const forgotten = progress.applied.filter(({ id }) => again.has(id)).map(({ id }) => id);
  if (forgotten.length === 0) return;
  const kept = progress.applied.filter(({ id }) => !again.has(id));
  progress.applied.splice(0, progress.applied.length, ...kept);
  warn(order, progress, [makeFinding('commits-forgotten', { migrations: forgotten })]);
}
