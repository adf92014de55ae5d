// look: what is to be seen of a step that cannot be in a transaction.
import type { Scene } from '../scene.ts';
import { limits } from '../transaction-text.ts';
import { lookAtDetach } from './look-at-detach.ts';
import { lookAtDrop } from './look-at-drop.ts';
import { lookAtIndex } from './look-at-index.ts';
import { lookAtNamed } from './look-at-named.ts';
import { lookAtReindex } from './look-at-reindex.ts';
import type { Look, Looker, Step } from './step.ts';

const lookers: readonly Looker[] = [lookAtIndex, lookAtDrop, lookAtReindex, lookAtDetach, lookAtNamed];

/** Of the others (VACUUM, ALTER SYSTEM) nothing is to be seen: they are done again, and that is as good. */
export async function look(scene: Scene, step: Step): Promise<Look> {
  const { work } = scene.runner;
  await work.query(
    ['BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE', ...limits(scene, step.migration.header)].join('; '),
  );
  try {
    for (const setting of step.settings) await work.query(setting.text);
    for (const looker of lookers) {
      const seen = looker(work, step);
      if (seen !== null) return await seen;
    }
    return { state: 'not done', expects: null };
  } finally {
    await work.query('ROLLBACK').catch(() => work.destroy());
  }
}
