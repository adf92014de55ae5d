// The database that a command is about: the one that was named, else the project's embedded one.
import { displayPath } from '../migrate/place.ts';
import { explainEmbedded } from '../postgres/explain-embedded.ts';
import { parseTarget } from '../postgres/parse-target.ts';
import type { Target } from '../postgres/target.ts';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import type { Config } from './config.ts';
import type { Context } from './context.ts';

export interface OpenDatabase {
  readonly target: Target;
  /** Lets an embedded server end when nobody else uses it. */
  leave(): Promise<void>;
}

/** DATABASE_URL and `--url` win; an embedded server that does not run is started. Throws ShipshapeError. */
export async function openDatabase(config: Config, context: Context): Promise<OpenDatabase> {
  if (config.url !== null)
    return { target: parseTarget(config.url, context.env), leave: () => Promise.resolve() };
  const database = demandEmbedded(config);
  const { joinKeptServer } = await loadEmbedded();
  const server = await explainEmbedded(joinKeptServer({ project: config.root, database }));
  return { target: parseTarget(server.url, {}), leave: () => server.leave() };
}

/** The connection string of a database that is there now; nothing is started for it. Throws ShipshapeError. */
export async function findUrl(config: Config): Promise<string> {
  if (config.url !== null) return config.url;
  const database = demandEmbedded(config);
  const { findKeptServer } = await loadEmbedded();
  const server = await explainEmbedded(findKeptServer({ project: config.root, database }));
  if (server === null)
    throw new ShipshapeError([makeFinding('embedded-not-running', { database, project: config.root })]);
  return server.url;
}

function demandEmbedded({ embedded, file }: Config): string {
  if (embedded === null)
    throw new ShipshapeError([makeFinding('database-not-named', { file: file && displayPath(file) })]);
  return embedded;
}

async function loadEmbedded(): Promise<typeof import('shipshape-embedded')> {
  try {
    return await import('shipshape-embedded');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new ShipshapeError([makeFinding('embedded-missing', {})], { cause: error });
  }
}
