// Orphans: SQL files in a folder that its tool does not run.
import type { Orphan } from '../folder.ts';
import { displayPath } from '../place.ts';
import type { Listing } from './listing.ts';

/** `0003_note.down.sql`: what a person runs to go back. */
export const downName = /[._-](?:down|undo|rollback)\.sql$/i;

/** Where tools keep a folder for each migration. */
export function adoptIntoFolder({ path }: Listing): (id: string) => string {
  const folder = displayPath(path);
  return (id) => {
    const name = id.replace(/^\d+_?/, '');
    const to = `${folder}/<time>_${name}`;
    return `mkdir '${to}' && git mv '${folder}/${id}.sql' '${to}/migration.sql'`;
  };
}

/** In the order of their names, without those that lead back. What is no text is run by nobody. */
export async function readOrphans(
  listing: Listing,
  isOrphan: (name: string) => boolean,
  adopt: (name: string) => string,
): Promise<readonly Orphan[]> {
  const names = listing.files.filter(
    (name) => /\.sql$/i.test(name) && !downName.test(name) && isOrphan(name),
  );
  const texts = await listing.readAll(names);
  return names.flatMap((name, at): readonly Orphan[] => {
    const text = texts[at] ?? null;
    if (text === null || 'code' in text) return [];
    const { file, checksum, text: sql } = text;
    const id = name.replace(/\.sql$/i, '');
    return [{ id, file, checksum, sql, rule: 'as sent', adopt: adopt(id) }];
  });
}
