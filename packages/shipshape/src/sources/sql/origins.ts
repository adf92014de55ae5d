// readOrigins: the line of each thing that the files made.
import {
  type Address,
  addressOf,
  type Catalog,
  nameOf,
  type Origin,
  renderAddressKey,
  schemaOf,
} from '../../catalog/index.ts';
import type { PathOf } from './load.ts';
import { makePlaces, type Place } from './places.ts';
import type { Script } from './scripts.ts';
import { findSightings, type PartSpace, type TopSpace } from './sightings.ts';

/**
 * By address key. A column that a table inherits, or copies by LIKE, has the line where the other table says it. A part
 * that no statement names (an index of a partition) has the line of its table. `paths`: for names without a schema.
 */
export function readOrigins(
  scripts: readonly Script[],
  paths: PathOf,
  catalog: Catalog,
): Readonly<Record<string, Origin>> {
  const places = makePlaces();
  const bytes = new Map<string, Buffer>();
  for (const { steps } of scripts)
    for (const { in: file, statement } of steps) {
      const known = bytes.get(file.file) ?? Buffer.from(file.text);
      bytes.set(file.file, known);
      for (const sighting of findSightings(statement, known))
        places.see(sighting, paths.get(statement) ?? [], { file: file.file, line: sighting.line });
    }
  const origins: Record<string, Origin> = {};
  for (const object of catalog.objects) {
    const address = addressOf(object);
    const origin = places.find(placeOf(address));
    if (origin !== undefined) origins[renderAddressKey(address)] = origin;
  }
  return origins;
}

function placeOf(address: Address): Place {
  // What is said about a thing has the thing's line.
  if ('on' in address) return placeOf(address.on);
  const name = nameOf(address);
  if (!('table' in address)) {
    const space = topSpaces[address.kind] ?? 'type';
    const schema = address.kind === 'schema' ? null : schemaOf(address);
    return { space, schema, name };
  }
  const { schema, table } = address;
  return { space: partSpaces[address.kind] ?? 'constraint', schema, table, name };
}

const topSpaces: Readonly<Record<string, TopSpace>> = {
  schema: 'schema',
  extension: 'extension',
  routine: 'routine',
  collation: 'collation',
  table: 'relation',
  view: 'relation',
  'materialized view': 'relation',
  sequence: 'relation',
};

const partSpaces: Readonly<Record<string, PartSpace>> = {
  column: 'column',
  index: 'index',
  trigger: 'trigger',
  policy: 'policy',
};
