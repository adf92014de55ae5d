// loadSnakeCase: names as Kysely's CamelCasePlugin writes them, asked of the app's own Kysely.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFinding, ShipshapeError } from '../../report/index.ts';

/** The options of Kysely's `CamelCasePlugin`. */
export interface CamelCaseOptions {
  readonly upperCase?: boolean;
  readonly underscoreBeforeDigits?: boolean;
  readonly underscoreBetweenUppercaseLetters?: boolean;
}

/** Those whose types and plug-in are read. */
export const kyselyVersions = '>=0.27 <0.30';

/** Throws ShipshapeError (`orm-not-found`). */
export async function loadSnakeCase(
  root: string,
  from: string,
  options: CamelCaseOptions,
): Promise<(name: string) => string> {
  const kysely = await importKysely(root);
  if (kysely === null)
    throw new ShipshapeError([
      makeFinding('orm-not-found', { orm: 'kysely', from, supported: kyselyVersions }),
    ]);
  const db = new kysely.Kysely<Record<string, Record<string, unknown>>>({
    dialect: {
      createAdapter: () => new kysely.PostgresAdapter(),
      createDriver: () => new kysely.DummyDriver(),
      createIntrospector: (of) => new kysely.PostgresIntrospector(of),
      createQueryCompiler: () => new kysely.PostgresQueryCompiler(),
    },
    plugins: [new kysely.CamelCasePlugin(options)],
  });
  const known = new Map<string, string>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const { sql } = db.selectFrom('t').select(db.dynamic.ref(name)).compile();
    const written = /^select "((?:[^"]|"")*)" from /.exec(sql)?.[1]?.replaceAll('""', '"') ?? name;
    known.set(name, written);
    return written;
  };
}

async function importKysely(root: string): Promise<typeof import('kysely') | null> {
  try {
    const path = createRequire(join(root, 'package.json')).resolve('kysely');
    return (await import(pathToFileURL(path).href)) as typeof import('kysely');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
  }
  try {
    return await import('kysely');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
}
