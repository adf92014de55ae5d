// makePlaces: the lines of things while statement after statement makes, renames and moves them.
import type { Origin } from '../../catalog/index.ts';
import type { Named, PartSpace, Sighting, TopSpace } from './sightings.ts';

export type Place =
  | { readonly space: TopSpace; readonly schema: string | null; readonly name: string }
  | { readonly space: PartSpace; readonly schema: string; readonly table: string; readonly name: string };

export interface Places {
  /** `path`: the schemas where a name without one is looked for. */
  see(sighting: Sighting, path: readonly string[], origin: Origin): void;
  find(place: Place): Origin | undefined;
}

interface Thing {
  origin: Origin | undefined;
  /** By space and name. */
  readonly parts: Map<string, Origin>;
  /** The tables whose columns it has. */
  readonly models: Thing[];
}

export function makePlaces(): Places {
  const things = new Map<string, Thing>();

  return {
    see(sighting, path, origin) {
      switch (sighting.saw) {
        case 'thing': {
          const { space, thing } = sighting;
          const key = keyOf(space, schemaToMakeIn(space, thing, path), thing.name);
          // CREATE OR REPLACE: the last one counts.
          thingAt(key).origin = origin;
          return;
        }
        case 'part':
          relationOf(sighting.within, path).parts.set(partKey(sighting.space, sighting.name), origin);
          return;
        case 'model':
          relationOf(sighting.within, path).models.push(relationOf(sighting.model, path));
          return;
        case 'new name': {
          const { space, thing, to } = sighting;
          const from = keyInPath(space, thing, path);
          const moved = thingAt(from);
          moved.origin = origin;
          things.delete(from);
          things.set(keyOf(space, to.schema ?? schemaIn(from), to.name), moved);
          return;
        }
        case 'new part name': {
          const { parts } = relationOf(sighting.within, path);
          parts.delete(partKey(sighting.space, sighting.name));
          parts.set(partKey(sighting.space, sighting.to), origin);
          return;
        }
      }
    },
    find(place) {
      if (!('table' in place)) {
        return things.get(keyOf(place.space, place.schema, place.name))?.origin;
      }
      const table = things.get(keyOf('relation', place.schema, place.table));
      return table === undefined
        ? undefined
        : (findPart(table, partKey(place.space, place.name)) ?? table.origin);
    },
  };

  function thingAt(key: string): Thing {
    const known = things.get(key);
    if (known !== undefined) return known;
    const thing: Thing = { origin: undefined, parts: new Map(), models: [] };
    things.set(key, thing);
    return thing;
  }

  /** A table may be altered in a file that is read before the one that makes it. */
  function relationOf(name: Named, path: readonly string[]): Thing {
    return thingAt(keyInPath('relation', name, path));
  }

  function keyInPath(space: TopSpace, thing: Named, path: readonly string[]): string {
    const keys = (thing.schema === null ? path : [thing.schema]).map((each) =>
      keyOf(space, each, thing.name),
    );
    return (
      keys.find((key) => things.has(key)) ??
      keys[0] ??
      keyOf(space, schemaToMakeIn(space, thing, path), thing.name)
    );
  }
}

function findPart(thing: Thing, key: string, visited = new Set<Thing>()): Origin | undefined {
  const own = thing.parts.get(key);
  if (own !== undefined) return own;
  // A table that was dropped and made again may be a model of its own model.
  visited.add(thing);
  for (const model of thing.models) {
    const found = visited.has(model) ? undefined : findPart(model, key, visited);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Schemas and extensions are in no schema. */
function schemaToMakeIn(space: TopSpace, { schema }: Named, path: readonly string[]): string | null {
  return space === 'schema' || space === 'extension' ? null : (schema ?? path[0] ?? null);
}

function keyOf(space: TopSpace, schema: string | null, name: string): string {
  return JSON.stringify([space, schema, name]);
}

function schemaIn(key: string): string | null {
  const [, schema] = JSON.parse(key) as [string, string | null, string];
  return schema;
}

function partKey(space: PartSpace, name: string): string {
  return JSON.stringify([space, name]);
}
