// verify: does this database have what the code needs, and what its migrations made? The gate's question, asked by a person.
import type { Source } from '../catalog/index.ts';
import { readNeeded } from '../introspect/read-needed.ts';
import type { NeededReading } from '../introspect/reading.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import { readFolder } from '../migrate/read-folder.ts';
import { connect } from '../postgres/connect.ts';
import type { Session } from '../postgres/session.ts';
import type { Target } from '../postgres/target.ts';
import type { Severities } from '../report/index.ts';
import { readSnapshot } from '../snapshot/read-snapshot.ts';
import { judgeWithLines } from './judge-with-lines.ts';
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
  /** What the tool of the migrations calls its ledger; its usual name when left out. */
  readonly ledgerTable?: string | null;
  readonly severities?: Severities | undefined;
  /** The process ends afterwards: the server is told so, and not waited for. */
  readonly thenEnds?: boolean;
}

/** Never changes anything. Throws ShipshapeError when the database cannot be reached or the models cannot be read. */
export async function verify(options: VerifyOptions): Promise<Judgement> {
  const { source, target } = options;
  // The server works while models are loaded.
  const connecting = connect(target, { applicationName: 'shipshape:verify' });
  const reading =
    options.folder === null && options.snapshotFile === null ? connecting.then(readAhead) : null;
  // Whatever these two throw is told where they are awaited: what the models throw comes first.
  reading?.catch(() => undefined);
  // Loading models may hold the process up for longer than a connection may take.
  await connecting.catch(() => undefined);
  try {
    const [declaration, snapshot, folder] = await Promise.all([
      source === null ? null : source.declare({ origins: 'on demand', extent: 'needed' }),
      options.snapshotFile === null ? null : readSnapshot(options.snapshotFile),
      options.folder === null ? undefined : readFolder(options.folder, { format: options.format }),
    ]);
    const started = performance.now();
    const session = await connecting;
    const { severities, snapshotExpected = true, ledgerTable } = options;
    const known = { session, snapshot, snapshotExpected, folder, ledgerTable, severities };
    const ahead = (await reading) ?? undefined;
    const judged = await judgeWithLines({ ...known, declaration, ahead });
    return { ...judged, target: target.display, milliseconds: performance.now() - started };
  } finally {
    const session = await connecting.catch(() => null);
    if (options.thenEnds === true) session?.leave();
    else await session?.close();
  }
}

function readAhead(session: Session): Promise<NeededReading> {
  return readNeeded(session, {}, true);
}
