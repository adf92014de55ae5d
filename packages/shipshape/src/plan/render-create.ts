// renderCreate: a catalog as the SQL that builds it in an empty database.
import type { Catalog } from '../catalog/index.ts';
import { makeCreations } from './make-creations.ts';

/** One statement each, without semicolons, in an order that works. */
export function renderCreate(catalog: Catalog): readonly string[] {
  return makeCreations(catalog).map(({ sql }) => sql);
}
