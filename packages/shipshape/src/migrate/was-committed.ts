// wasCommitted: what became of a file whose COMMIT was sent and not answered.
import type { MigrationId } from '../catalog/index.ts';
import type { Prepared } from './prepared.ts';
import { entryOf } from './record.ts';
import type { Scene } from './scene.ts';
import { settleCommit } from './settle-commit.ts';

/** As `settleCommit`, which throws; tells what it found. */
export async function wasCommitted(
  scene: Scene,
  { migration }: Prepared,
  because: unknown,
  behind: readonly MigrationId[],
): Promise<boolean> {
  const { order } = scene;
  const entry = entryOf(scene, migration, null);
  const applied = await settleCommit(scene, migration, {
    wasDone: (session) => order.book.wasWritten(session, entry),
    because,
    behind,
  });
  order.on({ kind: 'commit settled', migration: migration.id, applied });
  return applied;
}
