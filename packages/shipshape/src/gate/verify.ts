// verify: does this database have what the code needs, and what its migrations made? The gate's question, asked by a person.
import type { Declaration, Source } from '../catalog/index.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import { readFolder } from '../migrate/read-folder.ts';
import { connect } from '../postgres/connect.ts';
import type { Target } from '../postgres/target.ts';
import type { Severities } from '../report/index.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { judgeDatabase } from './judge-database.ts';
import type { Judgement } from './judgement.ts';

export interface VerifyOptions {
  /** Null where there are no models at hand: the need is then the one that the snapshot kept. */
  readonly source: Source | null;
  readonly target: Target;
  /** Null where the migrations are not to be compared. */
  readonly folder: string | null;
  /** `auto` when left out. */
  readonly format?: FolderFormat | 'auto' | undefined;
  /** Null where none is to be looked for. */
  readonly snapshotFile: string | null;
  /** False for a project that has never had one: then its lack is only noted. True when left out. */
  readonly snapshotExpected?: boolean;
  readonly severities?: Severities | undefined;
}

/** Never changes anything. Throws ShipshapeError when the database cannot be reached or the models cannot be read. */
export async function verify(options: VerifyOptions): Promise<Judgement> {
  const { source, target, severities, snapshotExpected = true } = options;
  const [declaration, snapshot, folder] = await Promise.all([
    source === null ? null : source.declare({ origins: 'on demand' }),
    options.snapshotFile === null ? null : readSnapshot(options.snapshotFile),
    options.folder === null ? undefined : readFolder(options.folder, { format: options.format }),
  ]);
  const started = performance.now();
  const session = await connect(target, { applicationName: 'shipshape:verify' });
  try {
    const judge = (read: Declaration | null) =>
      judgeDatabase({ session, declaration: read, snapshot, snapshotExpected, folder, severities });
    let judged = await judge(declaration);
    // Lines are for findings.
    if (judged.findings.length > 0 && declaration?.locate !== undefined)
      judged = await judge(await declaration.locate());
    return { ...judged, target: target.display, milliseconds: performance.now() - started };
  } finally {
    await session.close();
  }
}
