// assertOwnFolder: the schemas of one database share another tool's table, which knows one history a database.
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Folder } from './folder.ts';
import { displayPath } from './place.ts';

/** Throws ShipshapeError `fleet-of-another-tool` (exit 2). */
export function assertOwnFolder({ path, format, tool }: Pick<Folder, 'path' | 'format' | 'tool'>): void {
  if (format === 'shipshape') return;
  const data = { folder: displayPath(path), tool: tool ?? 'another tool' };
  throw new ShipshapeError([makeFinding('fleet-of-another-tool', data)]);
}
