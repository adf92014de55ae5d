// The sql source: a schema as files of SQL, loaded into a scratch server and read back.
import {
  addressOf,
  type CatalogObject,
  renderAddressKey,
  type Source,
  schemaOf,
} from '../../catalog/index.ts';
import { readCatalog } from '../../introspect/read-catalog.ts';
import type { Session } from '../../postgres/session.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { loadScripts } from './load.ts';
import { readOrigins } from './origins.ts';
import { readScripts } from './read-scripts.ts';
import { silences } from './silence.ts';

/** A server where throwaway databases can be made: `openScratch` of the library. */
export interface ScratchServer {
  createDatabase(): Promise<Session>;
  close(): Promise<void>;
}

export interface SqlOptions {
  /** Files, folders or patterns, relative to `root`: `schema.sql`, a structure dump, `sql/tables/*.sql`. */
  readonly files: string | readonly string[];
  readonly openScratch: () => Promise<ScratchServer>;
  /** The project's folder; the current one by default. */
  readonly root?: string;
}

/** Whatever prints DDL can be a source by this one: PostgreSQL itself says what the files mean. */
export function sql({ files, openScratch, root = process.cwd() }: SqlOptions): Source {
  return {
    name: 'sql',
    async declare({ origins }) {
      const patterns = [files].flat();
      const scripts = await readScripts(root, patterns);
      const scratch = await openScratch();
      try {
        const session = await scratch.createDatabase();
        const paths = await loadScripts(scripts, session);
        // What a dump sets for itself (an empty search_path) must not reach the reading.
        await session.query('DISCARD ALL');
        const schemas = await readSchemas(session);
        const { catalog, server } = await readCatalog(session, { ownSchemas: schemas });
        if (!catalog.objects.some(({ kind }) => kind === 'table'))
          throw new ShipshapeError([
            makeFinding('models-empty', {
              source: 'sql',
              where: patterns.join(', '),
              exports: [],
              foreign: [],
            }),
          ]);
        return {
          catalog,
          silence: silences,
          origin: origins ? readOrigins(scripts, paths, catalog) : {},
          unqualified: catalog.objects.filter(isOnPath).map((object) => renderAddressKey(addressOf(object))),
          printed: server.major,
        };
      } finally {
        await scratch.close();
      }
    },
  };
}

async function readSchemas(session: Session): Promise<readonly string[]> {
  const { rows } = await session.query<{ name: string }>(
    'SELECT nspname AS name FROM pg_catalog.pg_namespace',
  );
  return rows.map(({ name }) => name);
}

/** Code reaches what is in `public` by its name alone. */
function isOnPath(object: CatalogObject): boolean {
  return (
    ['table', 'view', 'materialized view', 'enum'].includes(object.kind) &&
    schemaOf(addressOf(object)) === 'public'
  );
}
