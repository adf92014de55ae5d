// asksForCommand: programs are pending, and nobody has said what applies them.
import type { Folder } from '../migrate/folder.ts';
import { displayPath } from '../migrate/place.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';

/** `folder-of-scripts` (exit 2). */
export function asksForCommand({ path, tool, migrations, command }: Folder): ShipshapeError {
  const data = {
    folder: displayPath(path),
    tool: tool ?? 'an unknown tool',
    example: displayPath(migrations[0]?.file ?? ''),
    command,
    act: 'migrate',
  } as const;
  return new ShipshapeError([makeFinding('folder-of-scripts', data)]);
}
