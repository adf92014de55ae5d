// locate: the thing that would make good a shortfall, in one of the three catalogs.
import { type CatalogObject, renderAddressKey, type TopAddress } from '../catalog/index.ts';
import { arbiterColumns, isKey } from '../need/arbiter.ts';
import type { Lookup } from '../need/lookup.ts';
import type { Shortfall } from '../need/shortfall.ts';

/**
 * Null when this catalog has no such thing. A key is the one over the same columns, whatever its name. `unqualified`:
 * address keys of what the code names without a schema.
 */
export function locate(
  { address, aspect, declared }: Shortfall,
  lookup: Lookup,
  unqualified: ReadonlySet<string>,
): CatalogObject | null {
  const top =
    'table' in address ? ({ kind: 'table', schema: address.schema, name: address.table } as const) : address;
  if (top.kind !== 'table' && top.kind !== 'view' && top.kind !== 'materialized view' && top.kind !== 'enum')
    return null;
  const name = { ...top, unqualified: isUnqualified(top, unqualified) };
  if (top.kind === 'enum') {
    const found = lookup.findEnum(name);
    return found.kind === 'found' ? found.thing : null;
  }
  const found = lookup.findTable(name);
  if (found.kind !== 'found') return null;
  if (!('table' in address)) return found.thing.table;
  if (address.kind === 'column') return found.thing.columns.get(address.name) ?? null;
  const wanted = nameOfSet(declared?.split(', ') ?? []);
  const columnsOf = (part: CatalogObject) =>
    isKey(part) && aspect !== 'existence' ? part.columns : arbiterColumns(part);
  const fits = found.thing.arbiters.filter((part) => {
    const columns = columnsOf(part);
    return columns !== null && nameOfSet(columns) === wanted;
  });
  // Of several the one that is in the way.
  return fits.find((part) => arbiterColumns(part) === null) ?? fits[0] ?? null;
}

/** The part of a view is addressed as if it were one of a table. */
function isUnqualified(top: TopAddress, unqualified: ReadonlySet<string>): boolean {
  const kinds = top.kind === 'table' ? (['table', 'view', 'materialized view'] as const) : [top.kind];
  return kinds.some((kind) => unqualified.has(renderAddressKey({ ...top, kind })));
}

function nameOfSet(columns: readonly string[]): string {
  return JSON.stringify([...columns].sort());
}
