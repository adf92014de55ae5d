// readOrigins: the line of each declared thing.
import { addressOf, type Origin, renderAddressKey } from '../../catalog/index.ts';
import type { Code } from '../../code/origins.ts';
import type { Member, Sighting } from '../../code/term.ts';
import type { Placed } from './declare.ts';
import type { Found } from './exported.ts';

/** Columns are the second argument of `pgTable`, `schema.table` and of whatever a table creator is called. */
const columnsArgument = 1;

/**
 * By address key. What is built in a way that the text does not show has the line of its table; a table built so, the
 * line of its export.
 */
export function readOrigins(code: Code, placed: Iterable<Placed>): Readonly<Record<string, Origin>> {
  const places = new Map<Found<unknown>, Place>();
  const origins: Record<string, Origin> = {};
  for (const { object, found, mark } of placed) {
    if (found === null || found.file === null) continue;
    const place = places.get(found) ?? findPlace(code, found.file, found.path);
    places.set(found, place);
    const node = nodeOf(code, place, mark) ?? place.sighting?.node;
    origins[renderAddressKey(addressOf(object))] =
      node === undefined ? code.startOf(found.file) : code.origin(node);
  }
  return origins;
}

interface Place {
  readonly sighting: Sighting | null;
  readonly columns: ReadonlyMap<string, Member>;
}

function findPlace(code: Code, file: string, path: readonly string[]): Place {
  const sighting = code.findExport(file, path);
  const columns = sighting?.value == null ? null : code.argument(sighting.value, columnsArgument);
  return { sighting, columns: columns === null ? new Map() : code.members(columns) };
}

function nodeOf(code: Code, { sighting, columns }: Place, mark: Placed['mark']) {
  if (mark.kind === 'property') return columns.get(mark.name)?.node ?? null;
  if (mark.kind === 'table' || sighting?.value == null) return null;
  return code.findText(sighting.value, mark.text);
}
