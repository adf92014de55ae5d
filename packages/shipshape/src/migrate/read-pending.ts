// readPending: what is to be applied, and whether it may be.
import type { OwnSession } from '../postgres/session.ts';
import { ShipshapeError } from '../report/index.ts';
import type { Migration } from './migration.ts';
import type { RunOrder } from './run-order.ts';
import { type Progress, warn } from './scene.ts';
import { tellForgotten } from './tell-forgotten.ts';

/** What `mayApply` found: exit 3 whatever its findings mean elsewhere. */
export class Refusal extends ShipshapeError {}

/**
 * Throws `Refusal`. Asked under the lock once more, since others may have been at work; and in the words of who judges.
 * `ahead` is called where anything is pending, before that is judged.
 */
export async function readPending(
  order: RunOrder,
  session: OwnSession,
  progress: Progress,
  ahead: () => void = () => undefined,
): Promise<readonly Migration[]> {
  const history = await order.book.readHistory(session, order.migrations, order.scope);
  tellForgotten(order, progress, history);
  const pending = wanted(order, history.pending);
  progress.left = pending.map((each) => each.id);
  if (pending.length > 0) ahead();
  const findings = await order.ask.mayApply(history);
  const [first, ...rest] = findings.filter((each) => each.severity === 'error');
  if (first !== undefined) throw new Refusal([first, ...rest]);
  warn(order, progress, findings);
  return pending;
}

export function wanted(
  { migrations, through }: RunOrder,
  pending: readonly Migration[],
): readonly Migration[] {
  if (through === null) return pending;
  const last = migrations.findIndex(({ id }) => id === through);
  const within = new Set(migrations.slice(0, last + 1));
  return pending.filter((each) => within.has(each));
}
