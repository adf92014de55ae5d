// clearAway: what a step that failed or was interrupted has left behind, dropped at once where that can be.
import { markCleared } from '../journal.ts';
import type { Scene } from '../scene.ts';
import { look } from './look.ts';
import type { Step } from './step.ts';

/** Who interrupts a run waits for it to end; what is left after this the next run clears. */
const patienceMs = 10_000;

/** Never rejects: why the step failed is what is to be told. */
export async function clearAway(scene: Scene, step: Step): Promise<void> {
  const { order, runner, lock } = scene;
  const { migration, statement } = step;
  const tell = (words: string) =>
    order.on({ kind: 'step', migration: migration.id, line: statement.line, words });
  if (lock.heartbeat.lostBecause() !== null) return;
  try {
    const seen = await look(scene, step);
    if (seen.state === 'half done' && seen.instead === null) {
      await runner.work.query(
        `SET default_transaction_read_only = off; SET statement_timeout = ${patienceMs}; SET lock_timeout = 0`,
      );
      try {
        for (const text of seen.clear) {
          await runner.work.query(text);
          tell(`${text}: nothing is left of the attempt`);
        }
      } finally {
        await runner.work
          .query(`RESET ALL; ${runner.settings.join('; ')}`)
          .catch(() => runner.work.destroy());
      }
    } else if (seen.state !== 'not done') return;
    await markCleared(scene, { migration: migration.id, position: step.position });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    tell(`what the attempt has left behind could not be cleared now (${reason}); the next run does it`);
  }
}
