// locate: the thing that would make good a shortfall, in one of the three catalogs.
import type { CatalogObject } from '../catalog/index.ts';
import { arbiterColumns } from '../need/arbiter.ts';
import type { LiveTables, Name } from '../need/live-tables.ts';
import type { Need } from '../need/need.ts';
import type { Shortfall } from '../need/shortfall.ts';

/** Null when this catalog has no such thing. A key is the one over the same columns, whatever its name. */
export function locate(
  { address, declared }: Shortfall,
  tables: LiveTables,
  need: Need,
): CatalogObject | null {
  if (address.kind === 'schema') return null;
  if (address.kind === 'enum') {
    const asked = need.enums.find((each) => isNamed(each, address.schema, address.name));
    const found = tables.findEnum(asked ?? { ...address, unqualified: false });
    return found.kind === 'found' ? found.thing : null;
  }
  const name = 'table' in address ? address.table : address.name;
  const asked = need.tables.find((each) => isNamed(each, address.schema, name));
  const found = tables.findTable(asked ?? { schema: address.schema, name, unqualified: false });
  if (found.kind !== 'found') return null;
  if (address.kind === 'table') return found.thing.table;
  if (address.kind === 'column') return found.thing.columns.get(address.name) ?? null;
  const wanted = nameOfSet(declared?.split(', ') ?? []);
  const isWanted = (part: CatalogObject) => nameOfSet(arbiterColumns(part) ?? []) === wanted;
  return found.thing.parts.filter((part) => arbiterColumns(part) !== null).find(isWanted) ?? null;
}

function isNamed(each: Name, schema: string, name: string): boolean {
  return each.schema === schema && each.name === name;
}

function nameOfSet(columns: readonly string[]): string {
  return JSON.stringify([...columns].sort());
}
