// addProvenance: which migration made what, told from the catalog before it and the catalog after it.
import {
  addressKeyOf,
  type Catalog,
  type CatalogObject,
  indexByKey,
  type MigrationId,
  type Provenance,
} from '../catalog/index.ts';
import { aspectsOf } from '../compare/aspects.ts';

/** The provenance after one more migration. */
export function addProvenance(
  provenance: Provenance,
  id: MigrationId,
  before: Catalog,
  after: Catalog,
): Provenance {
  const old = indexByKey(before);
  const now = indexByKey(after);
  const kept = Object.entries(provenance).filter(([key]) => now.has(addressKeyOf(key)));
  const made: [string, MigrationId][] = [];
  for (const [key, object] of now) {
    const previous = old.get(key);
    if (previous === undefined) made.push([key, id]);
    else
      made.push(
        ...changedAspects(previous, object).map((aspect): [string, MigrationId] => [`${key}#${aspect}`, id]),
      );
  }
  return Object.fromEntries([...kept, ...made]);
}

function changedAspects(before: CatalogObject, after: CatalogObject): readonly string[] {
  return aspectsOf(after.kind)
    .filter((aspect) => aspect.read(before) !== aspect.read(after))
    .map((aspect) => aspect.name);
}
