// What a command cannot do without, and who to ask for it.
import type { Source } from '../catalog/index.ts';
import type { ReplayCommand } from '../migrate/command/replay-command.ts';
import type { FolderFormat } from '../migrate/folder.ts';
import { displayPath } from '../migrate/place.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Config } from './config.ts';
import { modelKinds, variableOf } from './model-kinds.ts';

export interface Folder {
  readonly folder: string;
  readonly format: FolderFormat | 'auto';
  /** What the ledger of its tool is called; null for its usual name. */
  readonly ledgerTable: string | null;
  readonly replay: ReplayCommand | undefined;
  readonly snapshotFile: string;
}

/** Throws ShipshapeError (exit 2) that says where was looked. */
export function demandMigrations(config: Config): Folder {
  const folder = findMigrations(config);
  if (folder === null) throw explainMissing(config, 'the migrations', 'migrations', 'migrations', []);
  return folder;
}

/** Null where nobody says where they are. */
export function findMigrations({
  migrations,
  migrationsFormat: format,
  ledger: ledgerTable,
  replay,
  snapshot,
}: Config): Folder | null {
  if (migrations === null || snapshot === null) return null;
  return { folder: migrations, format, ledgerTable, replay: replay ?? undefined, snapshotFile: snapshot };
}

/** The models, as one source. Throws ShipshapeError (exit 2). */
export async function demandSource(config: Config): Promise<Source> {
  const source = await findSource(config);
  if (source !== null) return source;
  const [first, ...others] = modelKinds;
  throw explainMissing(
    config,
    'the models',
    first.key,
    first.example,
    others.map(({ flag }) => flag),
  );
}

/** Null where no models are named. Loads the readers of the ORMs that are, and of no others. */
export async function findSource({ models, root, scratch }: Config): Promise<Source | null> {
  const sources: Source[] = [];
  for (const { key, open } of modelKinds) {
    const named = models[key];
    if (named !== undefined) sources.push(...(await open(named, { root, scratchUrl: scratch ?? undefined })));
  }
  const [first, ...others] = sources;
  if (first === undefined) return null;
  if (others.length === 0) return first;
  const { combineSources } = await import('../compare/combine-sources.ts');
  return combineSources([first, ...others]);
}

function explainMissing(
  { file, lookedIn }: Config,
  thing: string,
  key: string,
  example: string,
  others: readonly string[],
): ShipshapeError {
  const more = others.map((flag) => `--${flag}`);
  return new ShipshapeError([
    file === null
      ? makeFinding('config-not-found', { thing, lookedIn, flag: `--${key} ${example}`, others: more })
      : makeFinding('config-incomplete', {
          thing,
          file: displayPath(file),
          key,
          variable: variableOf(key),
          example,
          others: more,
        }),
  ]);
}
