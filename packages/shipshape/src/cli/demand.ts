// What a command cannot do without, and who to ask for it.
import type { Source } from '../catalog/index.ts';
import { displayPath } from '../migrate/place.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Config } from './config.ts';

export interface Folder {
  readonly folder: string;
  readonly snapshotFile: string;
}

/** Throws ShipshapeError (exit 2) that says where was looked. */
export function demandMigrations(config: Config): Folder {
  if (config.migrations === null || config.snapshot === null)
    throw new ShipshapeError([explainMissing(config, 'the migrations', 'migrations', 'migrations')]);
  return { folder: config.migrations, snapshotFile: config.snapshot };
}

/** The models, as a source. Loads the ORM's reader only now. Throws ShipshapeError (exit 2). */
export async function demandSource(config: Config): Promise<Source> {
  if (config.drizzle.length === 0)
    throw new ShipshapeError([explainMissing(config, 'the models', 'drizzle', 'src/db/schema.ts')]);
  const { drizzle } = await import('../sources/drizzle/index.ts');
  return drizzle({ schema: config.drizzle, root: config.root });
}

function explainMissing({ file, lookedIn }: Config, thing: string, key: string, example: string) {
  return file === null
    ? makeFinding('config-not-found', { thing, lookedIn, flag: `--${key} ${example}` })
    : makeFinding('config-incomplete', { thing, file: displayPath(file), key, example });
}
