// readSnapshot: the snapshot file, or the fact that there is none.
import { readFileSync } from 'node:fs';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Snapshot } from './snapshot.ts';

export type SnapshotReading =
  | { readonly kind: 'found'; readonly file: string; readonly snapshot: Snapshot }
  | { readonly kind: 'missing'; readonly file: string };

/** Throws ShipshapeError `snapshot-unreadable` for a file that is there and is no snapshot. */
export async function readSnapshot(file: string): Promise<SnapshotReading> {
  let bytes: Buffer;
  try {
    // One file, of which the process needs most before it goes on.
    bytes = readFileSync(file);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return { kind: 'missing', file };
    // Node names no path here.
    if (code === 'EISDIR')
      throw new ShipshapeError([makeFinding('snapshot-unreadable', { file, problem: message })], {
        cause: error,
      });
    throw error;
  }
  // Where there is none, there is nothing to load for it.
  const { parseSnapshot } = await import('./parse-snapshot.ts');
  return { kind: 'found', file, snapshot: parseSnapshot(bytes, file) };
}
