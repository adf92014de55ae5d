// readOwnFolder: the migrations of a folder that is ours to apply.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Migration } from './migration.ts';
import { displayPath } from './place.ts';
import { type ReadFolderOptions, readFolder } from './read-folder.ts';

/** Throws what `readFolder` throws, and ShipshapeError `folder-of-another-tool` (exit 3). */
export async function readOwnFolder(
  path: string,
  options: ReadFolderOptions = {},
): Promise<readonly Migration[]> {
  const { format, tool, command, migrations } = await readFolder(path, options);
  if (format === 'shipshape') return migrations;
  const data = { folder: displayPath(path), tool: tool ?? 'plain SQL files', command };
  throw new ShipshapeError([makeFinding('folder-of-another-tool', data)]);
}
