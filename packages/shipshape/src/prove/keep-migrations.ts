// keepMigrations: what a snapshot keeps of the files that it was made of.
import type { Folder } from '../migrate/folder.ts';
import type { SnapshotMigration } from '../snapshot/snapshot.ts';
import type { Replay } from './replay.ts';

export function keepMigrations(
  { migrations }: Pick<Folder, 'migrations'>,
  { made }: Pick<Replay, 'made'>,
): readonly SnapshotMigration[] {
  return migrations.map(({ id, checksum }) => {
    const sealed = made.get(id);
    return { id, checksum, ...(sealed === undefined ? {} : { made: sealed }) };
  });
}
