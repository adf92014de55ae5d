// readRelease: everything true of one release, found by running it: what migrations build, what models declare, what the code needs.
import {
  type Catalog,
  type Declaration,
  type OriginsWanted,
  quoteIdentifier,
  type Source,
  schemasOf,
} from '../catalog/index.ts';
import type { Dispute } from '../compare/merge-declarations.ts';
import { readSealed } from '../introspect/read-sealed.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { Folder } from '../migrate/folder.ts';
import { makeNeed } from '../need/make-need.ts';
import type { Need } from '../need/need.ts';
import type { Session } from '../postgres/session.ts';
import type { Finding } from '../report/index.ts';
import { makeSnapshot } from '../snapshot/make-snapshot.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { elaborateDeclaration } from './elaborate-declaration.ts';
import { keepMigrations } from './keep-migrations.ts';
import { type Replay, replay } from './replay.ts';
import { replayByCommand } from './replay-by-command.ts';
import type { Scratch } from './scratch.ts';

export interface Release {
  readonly replay: Replay;
  /** Where the migrations ran. */
  readonly database: Session;
  /** As the server prints it, so that it can be held against the migrated catalog. */
  readonly declared: Catalog;
  readonly declaration: Declaration;
  /** What several sources of models contradict each other in. */
  readonly disputes: readonly Dispute[];
  /** Columns of views that their queries do not give. */
  readonly views: readonly Finding[];
  readonly need: Need;
  readonly snapshot: Snapshot;
  /** Gives the same with the lines of the models, where they were asked for on demand. */
  readonly locate?: () => Promise<Release>;
}

/** Throws ShipshapeError when models cannot be loaded, an expression is refused, or a migration does not apply. */
export async function readRelease(
  source: Source,
  origins: OriginsWanted,
  folder: Folder,
  scratch: Scratch,
  command?: ReplayCommand,
): Promise<Release> {
  const read = await source.declare({ origins });
  const ownSchemas = schemasOf(read.catalog);
  const database = await scratch.createDatabase();
  const replayed =
    command === undefined
      ? await replay(folder, database, ownSchemas)
      : await replayByCommand(command, folder, database, ownSchemas);
  const said = await readSealed(database, { ownSchemas });
  return joinRelease(read);

  async function joinRelease({ locate, ...own }: Declaration): Promise<Release> {
    const { declaration, disputes, views } = await elaborateDeclaration(own, {
      catalog: replayed.catalog,
      database,
      makeDatabase: async () => {
        const ofModels = await scratch.createDatabase();
        await copyExtensions(database, ofModels);
        return ofModels;
      },
    });
    const need = makeNeed(declaration);
    const snapshot = makeSnapshot({
      postgres: replayed.postgres,
      migrations: keepMigrations(folder, replayed),
      catalog: replayed.catalog,
      provenance: replayed.provenance,
      need,
      sealed: { ...said, searchPath: said.server.searchPath },
    });
    return {
      replay: replayed,
      database,
      declared: declaration.catalog,
      declaration,
      disputes,
      views,
      need,
      snapshot,
      ...(locate === undefined ? {} : { locate: async () => joinRelease(await locate()) }),
    };
  }
}

/** A declared default may call a function of an extension that a migration creates. */
export async function copyExtensions(from: Session, to: Session): Promise<void> {
  const { rows } = await from.query<{ name: string; schema: string }>(
    `SELECT extname AS name, nspname AS schema FROM pg_extension
     JOIN pg_namespace n ON n.oid = extnamespace WHERE nspname <> 'pg_catalog'`,
  );
  for (const { name, schema } of rows) {
    await to.query(`CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`);
    await to.query(
      `CREATE EXTENSION IF NOT EXISTS ${quoteIdentifier(name)} SCHEMA ${quoteIdentifier(schema)} CASCADE`,
    );
  }
}
