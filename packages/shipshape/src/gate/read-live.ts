// readLive: as much of a live database as a need is judged by.
import type { LiveDatabase } from '../diagnose/scene.ts';
import { readCatalog } from '../introspect/read-catalog.ts';
import type { Reading } from '../introspect/reading.ts';
import { makeLookup } from '../need/lookup.ts';
import type { Need } from '../need/need.ts';
import type { Session } from '../postgres/session.ts';

export interface Live {
  readonly reading: Reading;
  readonly live: LiveDatabase;
}

/**
 * `whole`: with everything that the need does not ask about. Otherwise what bears the name of a table of the need is
 * read, and the rest only where one of them is missing: it may be there under another name.
 */
export async function readLive(session: Session, need: Need, whole: boolean): Promise<Live> {
  const ownSchemas = [...new Set(need.tables.map((table) => table.schema))];
  if (whole) return makeLive(await readCatalog(session, { ownSchemas }));
  const tableNames = need.tables.map((table) => table.name);
  const asked = makeLive(await readCatalog(session, { breadth: 'need', tableNames, ownSchemas }));
  const lookup = makeLookup(asked.live.catalog, asked.live.searchPath);
  if (need.tables.every((table) => lookup.findTable(table).kind !== 'missing')) return asked;
  return makeLive(await readCatalog(session, { breadth: 'need', ownSchemas }));
}

function makeLive(reading: Reading): Live {
  const { searchPath, database, user } = reading.server;
  const live = { catalog: reading.catalog, access: reading.access, searchPath, database, user };
  return { reading, live };
}
