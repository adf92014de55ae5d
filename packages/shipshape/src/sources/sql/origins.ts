// readOrigins: the line of each thing that the files made.
import {
  type Address,
  addressOf,
  type Catalog,
  nameOf,
  type Origin,
  parentOf,
  renderAddressKey,
  schemaOf,
} from '../../catalog/index.ts';
import type { SqlFile } from './read-files.ts';
import { findSightings, type Sighting } from './sightings.ts';

/**
 * By address key. What a later statement says of a thing counts (a column that was renamed); a part that no statement
 * names (inherited, copied by LIKE, a constraint without a name) has the line of its table.
 */
export function readOrigins(files: readonly SqlFile[], catalog: Catalog): Readonly<Record<string, Origin>> {
  const seen = new Map<string, Origin>();
  for (const file of files)
    for (const sighting of findSightings(file)) {
      const origin = { file: file.file, line: sighting.line };
      for (const key of keysOf(sighting)) seen.set(key, origin);
    }
  const origins: Record<string, Origin> = {};
  for (const object of catalog.objects) {
    const address = addressOf(object);
    const origin = find(address, seen);
    if (origin !== undefined) origins[renderAddressKey(address)] = origin;
  }
  return origins;
}

function find(address: Address, seen: ReadonlyMap<string, Origin>): Origin | undefined {
  const [schema, name] = [schemaOf(address), nameOf(address)];
  const within = 'table' in address ? address.table : null;
  const own = seen.get(keyOf(schema, within, name)) ?? seen.get(keyOf(null, within, name));
  if (own !== undefined || !('table' in address)) return own;
  const parent = parentOf(address);
  return parent === null ? undefined : find(parent, seen);
}

/** With its schema where the text has one; else under the name alone, which the search path had to lead to. */
function keysOf({ schema, within, name }: Sighting): readonly string[] {
  return [keyOf(schema, within, name)];
}

function keyOf(schema: string | null, within: string | null, name: string): string {
  return JSON.stringify([schema, within, name]);
}
