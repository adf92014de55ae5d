// openOrm: MikroORM with its entities discovered, and no connection.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Options } from './exported.ts';
import type { MikroOrm, Orm } from './orm.ts';

export interface Files {
  /** The project's folder: where patterns of `entities` start, unless the options say otherwise. */
  readonly root: string;
  /** Loads a module as the app does. */
  readonly load: (file: string) => Promise<unknown>;
}

/**
 * `files` is null for options that were handed over live: their entities are loaded already. Throws ShipshapeError
 * (`models-unreadable`) with what MikroORM itself says.
 */
export async function openOrm(
  orm: Orm,
  options: Options,
  where: string,
  files: Files | null,
): Promise<MikroOrm> {
  const discovery = options.discovery as Options | undefined;
  const quiet: Options = {
    driver: orm.PostgreSqlDriver,
    ...(options.clientUrl === undefined ? { dbName: 'shipshape' } : {}),
    ...options,
    connect: false,
    ensureDatabase: false,
    debug: false,
    logger: () => undefined,
  };
  const { root, load } = files ?? {};
  const own: Options =
    root === undefined || load === undefined
      ? {}
      : {
          baseDir: options.baseDir ?? root,
          preferTs: true,
          dynamicImportProvider: (id: string) => load(id.startsWith('file:') ? fileURLToPath(id) : id),
          // A cache would be written into the project, and may be older than the models.
          ...(options.metadataCache === undefined ? { metadataCache: { enabled: false } } : {}),
          discovery: { ...tsConfigOf(root), ...discovery },
        };
  try {
    return await withoutVersionCheck(() => orm.core.MikroORM.init({ ...quiet, ...own }));
  } catch (error) {
    if (error instanceof ShipshapeError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    const part = 'the configuration of MikroORM';
    throw new ShipshapeError([makeFinding('models-unreadable', { part, at: where, message })], {
      cause: error,
    });
  }
}

const allowMismatch = 'MIKRO_ORM_ALLOW_VERSION_MISMATCH';

/** MikroORM looks for its packages from the current folder, which need not be the project's. */
async function withoutVersionCheck<Value>(work: () => Promise<Value>): Promise<Value> {
  const before = process.env[allowMismatch];
  process.env[allowMismatch] = 'true';
  try {
    return await work();
  } finally {
    if (before === undefined) delete process.env[allowMismatch];
    else process.env[allowMismatch] = before;
  }
}

/** @mikro-orm/reflection looks for it in the current folder. */
function tsConfigOf(root: string): Options {
  const tsConfigPath = join(root, 'tsconfig.json');
  return existsSync(tsConfigPath) ? { tsConfigPath } : {};
}
