// compareModels: what the models declare against what the migrations make.
import type { Catalog, Silence } from '../catalog/index.ts';
import { compare } from './compare.ts';
import type { Difference } from './difference.ts';
import { type InPlace, viewsInPlace } from './views-in-place.ts';

/** With the two catalogs as they were compared. Both must have their texts printed by a server. */
export function compareModels(
  declared: Catalog,
  migrated: Catalog,
  silence: readonly Silence[],
): InPlace & { readonly differences: readonly Difference[] } {
  const inPlace = viewsInPlace(declared, migrated);
  return { ...inPlace, differences: compare(inPlace.declared, inPlace.migrated, { silence }) };
}
