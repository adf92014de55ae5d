// makeFresh: things that are gone, with all that is in them and said of them, made as a database is built from nothing.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  holdersOf,
  indexByKey,
  renderAddressKey,
} from '../../catalog/index.ts';
import type { Block } from '../block.ts';
import { type Blocks, makeBlocks } from '../make-blocks.ts';
import type { Drifted } from './drifted.ts';
import { makeRepair, type Repair } from './repair.ts';

export interface FreshRepair {
  readonly phase: 'ground' | 'routines' | 'references' | 'rest';
  readonly repair: Repair;
  readonly of: Drifted;
}

/** `fresh`: what is gone, by address key. */
export function makeFresh(fresh: ReadonlyMap<string, Drifted>, wanted: Catalog): readonly FreshRepair[] {
  if (fresh.size === 0) return [];
  const objects = indexByKey(wanted);
  const holderOf = (object: CatalogObject): Drifted | undefined => {
    for (const key of [renderAddressKey(addressOf(object)), ...around(object)]) {
      const above = objects.get(key);
      const found = fresh.get(key) ?? (above === undefined ? undefined : within(above, fresh));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const isFresh = (key: string) => {
    const object = objects.get(key);
    return object !== undefined && holderOf(object) !== undefined;
  };
  return (Object.entries(makeBlocks(wanted)) as [keyof Blocks, readonly Block[]][]).flatMap(
    ([part, blocks]) =>
      blocks.flatMap((block): readonly FreshRepair[] => {
        const object = objects.get(renderAddressKey(block.address));
        const of = object === undefined ? undefined : holderOf(object);
        if (object === undefined || of === undefined || block.statements.length === 0) return [];
        const remarks = comesEmpty(object, part) ? [emptiness] : [];
        return [
          {
            phase: phaseOf(part, object, isFresh),
            repair: makeRepair(object, block, { fresh: true, remarks }),
            of,
          },
        ];
      }),
  );
}

const emptiness = 'a table comes back empty: its rows are not brought back';

function comesEmpty({ kind }: CatalogObject, part: keyof Blocks): boolean {
  return kind === 'table' && part === 'ground';
}

/** What belongs to a table that nobody uses yet is made with it, save what leads to one that is in use. */
function phaseOf(
  part: keyof Blocks,
  object: CatalogObject,
  isFresh: (key: string) => boolean,
): FreshRepair['phase'] {
  if (part === 'keys' || part === 'indexes') return 'ground';
  if (part !== 'references' || object.kind !== 'foreign key') return part as FreshRepair['phase'];
  const { schema, table: name } = object.references;
  return isFresh(renderAddressKey({ kind: 'table', schema, name })) ? 'ground' : 'references';
}

/** What holds it, or what it is said of and what holds that. */
function around(object: CatalogObject): readonly string[] {
  const address = addressOf(object);
  return 'on' in address ? [renderAddressKey(address.on), ...holdersOf(address.on)] : holdersOf(address);
}

/** A table in a schema that is gone. */
function within(object: CatalogObject, fresh: ReadonlyMap<string, Drifted>): Drifted | undefined {
  return around(object)
    .map((key) => fresh.get(key))
    .find((each) => each !== undefined);
}
