// writeSnapshot: makes the snapshot of a release and puts it beside the migrations.
import { readFile, rename, writeFile } from 'node:fs/promises';
import { exitOf, type Finding } from '../report/index.ts';
import { renderSnapshot } from '../snapshot/render-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import type { CheckOptions } from './check.ts';
import { judgeRelease } from './judge-release.ts';
import { readReplayable } from './read-replayable.ts';
import { readRelease } from './release.ts';
import { openScratch } from './scratch.ts';
import { withStatements } from './with-statements.ts';

export interface WriteSnapshotResult {
  /** `refused` when the migrations do not build what the code declares: such a snapshot would promise what is not so. */
  readonly outcome: 'written' | 'unchanged' | 'refused';
  readonly file: string;
  readonly snapshot: Snapshot;
  readonly findings: readonly Finding[];
}

/**
 * Throws ShipshapeError for what cannot be judged at all, and for a file that `migrate` could not read (`migration-syntax`).
 * A file that is no snapshot is written anew.
 */
export async function writeSnapshot(options: CheckOptions): Promise<WriteSnapshotResult> {
  const file = options.snapshotFile;
  const folder = await readReplayable(options);
  const scratch = await openScratch({ url: options.scratchUrl });
  try {
    const release = await readRelease(options.source, true, folder, scratch, options.replay);
    const { disagreements, remarks } = await judgeRelease(folder, release);
    const findings = [...disagreements, ...remarks];
    if (exitOf(disagreements) !== 0)
      return { outcome: 'refused', file, snapshot: release.snapshot, findings };
    const snapshot = await withStatements(release.snapshot, folder);
    const text = renderSnapshot(snapshot);
    if ((await readText(file)) === text) return { outcome: 'unchanged', file, snapshot, findings };
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
    return { outcome: 'written', file, snapshot, findings };
  } finally {
    await scratch.close();
  }
}

async function readText(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
