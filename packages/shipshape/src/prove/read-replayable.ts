// readReplayable: a folder of migrations that can be replayed.

import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { Folder } from '../migrate/folder.ts';
import { displayPath } from '../migrate/place.ts';
import { type ReadFolderOptions, readFolder } from '../migrate/read-folder.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

/** Throws what `readFolder` throws, and ShipshapeError `folder-of-scripts` for programs that no command is given for. */
export async function readReplayable(
  options: ReadFolderOptions & { readonly folder: string; readonly replay?: ReplayCommand | undefined },
): Promise<Folder> {
  const folder = await readFolder(options.folder, options);
  if (folder.format !== 'scripts' || options.replay !== undefined) return folder;
  const [first] = folder.migrations;
  const data = {
    folder: displayPath(folder.path),
    tool: folder.tool ?? 'an unknown tool',
    example: displayPath(first?.file ?? ''),
    command: folder.command,
    act: 'check',
  } as const;
  throw new ShipshapeError([makeFinding('folder-of-scripts', data)]);
}
