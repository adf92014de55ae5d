// Orphans: SQL files in a folder that its tool does not run.
import type { Migration } from '../migration.ts';
import type { Listing } from './listing.ts';

/** `0003_note.down.sql`: what a person runs to go back. */
export const downName = /[._-](?:down|undo|rollback)\.sql$/i;

/** In the order of their names, without those that lead back. What is no text is run by nobody. */
export async function readOrphans(
  listing: Listing,
  isOrphan: (name: string) => boolean,
): Promise<readonly Migration[]> {
  const names = listing.files.filter(
    (name) => /\.sql$/i.test(name) && !downName.test(name) && isOrphan(name),
  );
  const read = await Promise.all(
    names.map(async (name): Promise<readonly Migration[]> => {
      const text = await listing.read(name);
      if (text === null || 'code' in text) return [];
      const { file, checksum } = text;
      return [{ id: name.replace(/\.sql$/i, ''), file, checksum, sql: text.text, rule: 'as sent' }];
    }),
  );
  return read.flat();
}
