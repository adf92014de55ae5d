// sealNeed: keeps what a server says of the tables of a need, where it lacks nothing in them.
import type { Catalog } from '../catalog/index.ts';
import { judge } from '../need/judge.ts';
import { makeLookup } from '../need/lookup.ts';
import type { Need } from '../need/need.ts';
import type { Seal, SealedCatalog, Seals } from './seals.ts';

/** Null where the need lacks anything: that has to be told whenever it is asked about. `sealed`: of the same catalog. */
export function sealNeed(need: Need, catalog: Catalog, sealed: SealedCatalog): Seals | null {
  const { searchPath, types } = sealed;
  const lookup = makeLookup(catalog, searchPath);
  const { shortfalls, coverage } = judge(need, { catalog, searchPath, lookup });
  if (shortfalls.length > 0) return null;
  const said = new Map(sealed.relations.map((each) => [JSON.stringify([each.schema, each.name]), each]));
  const relations: Seal[] = [];
  for (const table of need.tables) {
    const found = lookup.findTable(table);
    const name = found.kind === 'found' ? found.thing.table : null;
    const own = name === null ? undefined : said.get(JSON.stringify([name.schema, name.name]));
    if (own === undefined) return null;
    relations.push({ kind: own.kind, schema: own.schema, name: own.name, seal: own.seal });
  }
  return { searchPath, types, coverage, relations };
}
