// makeCreations: the statements that build a catalog in an empty database, in an order that works.
import type { Catalog } from '../catalog/index.ts';
import type { Creation } from './creation.ts';
import { makeBlocks } from './make-blocks.ts';
import { orderBlocks } from './order-blocks.ts';

/**
 * In the order of the blocks, save that what is mentioned comes before what mentions it: a function that a default calls, a
 * type that a column has, a view that another one reads. Throws as `makeBlocks` does.
 */
export function makeCreations(catalog: Catalog): readonly Creation[] {
  const { ground, routines, keys, indexes, references, rest } = makeBlocks(catalog);
  const blocks = [...ground, ...routines, ...keys, ...indexes, ...references, ...rest];
  return orderBlocks(blocks).flatMap(({ address, statements }) =>
    statements.map((sql): Creation => ({ address, sql })),
  );
}
