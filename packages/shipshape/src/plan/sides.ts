// Sides: what a statement is to bring about, and what it meets.
import type { Catalog, CatalogObject } from '../catalog/index.ts';
import type { Naming } from '../ddl/index.ts';

export interface Sides {
  /** As it should be. */
  readonly wanted: Catalog;
  /** As it is, as far as it is known. */
  readonly present: Catalog;
  readonly naming: Naming;
}

/** One thing on both sides, with one aspect that is not alike. */
export interface Pair<Object extends CatalogObject = CatalogObject> {
  readonly wanted: Object;
  readonly present: Object;
}
