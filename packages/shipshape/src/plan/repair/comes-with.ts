// comesWith: what partitions and heirs lack because their parent does: it comes back with that (manual 5.11, ALTER TABLE).
import { type CatalogObject, indexByKey, renderAddressKey, type TableName } from '../../catalog/index.ts';
import type { Drifted } from './drifted.ts';
import type { Ground } from './ground.ts';

/** By the difference that needs nothing of its own: the one of the parent that is no heir itself. */
export function comesWith(drifted: readonly Drifted[], { sides }: Ground): ReadonlyMap<Drifted, Drifted> {
  const there = indexByKey(sides.present);
  const known = new Map(drifted.map((each) => [keyOf(each), each]));
  const parents = new Map(drifted.map((each) => [each, parentOf(each)]));
  function parentOf(difference: Drifted): Drifted | undefined {
    const { address } = difference;
    if (address.kind !== 'column' && address.kind !== 'check') return undefined;
    const holder = there.get(
      renderAddressKey({ kind: 'table', schema: address.schema, name: address.table }),
    );
    return tablesAbove(holder)
      .map(({ schema, name: table }) =>
        known.get(keyOf({ ...difference, address: { ...address, schema, table } })),
      )
      .find((each) => each !== undefined);
  }
  const root = (difference: Drifted): Drifted => {
    const parent = parents.get(difference);
    return parent === undefined ? difference : root(parent);
  };
  return new Map(drifted.map((each) => [each, root(each)] as const).filter(([each, top]) => each !== top));
}

/** Those whose columns and checks a table has, too. */
export function tablesAbove(holder: CatalogObject | undefined): readonly TableName[] {
  if (holder?.kind !== 'table') return [];
  const { partitionOf, inherits = [] } = holder;
  return [...(partitionOf === undefined ? [] : [partitionOf]), ...inherits];
}

function keyOf(difference: Drifted): string {
  const aspect = difference.kind === 'unequal' ? difference.aspect : null;
  return JSON.stringify([renderAddressKey(difference.address), aspect]);
}
