// verify: does this database have what the code needs, and what its migrations made? The gate's question, asked by a person.
import type { Source } from '../catalog/index.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import { readFolder } from '../migrate/read-folder.ts';
import { connect } from '../postgres/connect.ts';
import type { Target } from '../postgres/target.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { judgeDatabase } from './judge-database.ts';
import type { Judgement } from './judgement.ts';

export interface VerifyOptions {
  readonly source: Source;
  readonly target: Target;
  readonly folder: string;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  readonly snapshotFile: string;
}

/** Never changes anything. Throws ShipshapeError when the database cannot be reached or the models cannot be read. */
export async function verify(options: VerifyOptions): Promise<Judgement> {
  const [declaration, snapshot, { migrations: files }] = await Promise.all([
    options.source.declare({ origins: true }),
    readSnapshot(options.snapshotFile),
    readFolder(options.folder, { format: options.format }),
  ]);
  const started = performance.now();
  const session = await connect(options.target, { applicationName: 'shipshape:verify' });
  try {
    const judged = await judgeDatabase({ session, declaration, snapshot, files });
    return { ...judged, target: options.target.display, milliseconds: performance.now() - started };
  } finally {
    await session.close();
  }
}
