// readOrigins: the line of each declared thing.
import { addressOf, type Origin, renderAddressKey } from '../../catalog/index.ts';
import type { Code } from '../../code/origins.ts';
import type { Sighting } from '../../code/term.ts';
import type { Placed } from './declare.ts';
import type { Found } from './exported.ts';

/** Columns are the second argument of `pgTable`, `schema.table` and of whatever a table creator is called. */
const columnsArgument = 1;

/**
 * By address key. What is built in a way that the text does not show has the line of its table; a table built so, the
 * line of its export.
 */
export function readOrigins(code: Code, placed: readonly Placed[]): Readonly<Record<string, Origin>> {
  const sightings = new Map<Found<unknown>, Sighting | null>();
  const origins: Record<string, Origin> = {};
  for (const { object, found, mark } of placed) {
    if (found === null || found.file === null) continue;
    const { file, path } = found;
    if (!sightings.has(found)) sightings.set(found, code.findExport(file, path));
    const sighting = sightings.get(found) ?? null;
    const node = sighting === null ? null : (nodeOf(code, sighting, mark) ?? sighting.node);
    origins[renderAddressKey(addressOf(object))] = node === null ? code.startOf(file) : code.origin(node);
  }
  return origins;
}

function nodeOf(code: Code, { value }: Sighting, mark: Placed['mark']) {
  if (value === null || mark.kind === 'table') return null;
  if (mark.kind === 'text') return code.findText(value, mark.text);
  const columns = code.argument(value, columnsArgument);
  return columns === null ? null : (code.members(columns).get(mark.name)?.node ?? null);
}
