// readLive: as much of a live database as a need is judged by.
import type { LiveDatabase } from '../diagnose/scene.ts';
import { readNeeded } from '../introspect/read-needed.ts';
import type { NeededReading, Reading, Uncompared } from '../introspect/reading.ts';
import { librarySchemas } from '../introspect/set-aside.ts';
import { lookIn, makeLookup } from '../need/lookup.ts';
import type { Need } from '../need/need.ts';
import type { Session } from '../postgres/session.ts';

export interface Live {
  readonly live: LiveDatabase;
  /** Of the server. */
  readonly major: number;
  readonly uncompared: readonly Uncompared[];
}

/**
 * `whole`: with everything that the need does not ask about. Otherwise what bears the name of a table of the need is
 * read, and the rest only where one of them is missing: it may be there under another name. `ahead` is all that, read
 * before the need was known.
 */
export async function readLive(
  session: Session,
  need: Need,
  whole: boolean,
  ahead?: NeededReading,
): Promise<Live> {
  const ownSchemas = [...new Set(need.tables.map((table) => table.schema))];
  const isAside = ownSchemas.some((schema) => librarySchemas.includes(schema));
  if (ahead !== undefined && !whole && !isAside) return ofNeeded(ahead);
  if (whole) {
    const { readCatalog } = await import('../introspect/read-catalog.ts');
    return ofReading(await readCatalog(session, { ownSchemas, counted: true }));
  }
  const tableNames = need.tables.map((table) => table.name);
  const asked = ofNeeded(await readNeeded(session, { tableNames, ownSchemas }));
  if (need.tables.every((table) => asked.live.lookup.findTable(table).kind !== 'missing')) return asked;
  return ofNeeded(await readNeeded(session, { ownSchemas }));
}

function ofReading({ catalog, access, server, uncompared }: Reading): Live {
  const { searchPath, database, user } = server;
  const lookup = makeLookup(catalog, searchPath, access);
  return { live: { catalog, searchPath, lookup, database, user }, major: server.major, uncompared };
}

function ofNeeded(reading: NeededReading): Live {
  const { searchPath, database, user } = reading.server;
  const lookup = lookIn(reading, searchPath);
  const live = {
    get catalog() {
      return reading.catalog;
    },
    searchPath,
    lookup,
    database,
    user,
  };
  return { live, major: reading.server.major, uncompared: [] };
}
