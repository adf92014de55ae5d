// findRenames: a missing thing and an unexpected one beside it that may be one thing under two names.
import {
  type Address,
  addressOf,
  type CatalogObject,
  nameOf,
  parentOf,
  renderAddressKey,
} from '../catalog/index.ts';
import { ruleOf } from './aspects.ts';
import { nameDistance, nearestName } from './similar-name.ts';

/**
 * By address key of the missing one. Only where each is the other's single nearest candidate. A name that differs in
 * more than case and underscores is a candidate only when nothing but the name differs.
 */
export function findRenames(
  missing: readonly CatalogObject[],
  unexpected: readonly CatalogObject[],
): ReadonlyMap<string, Address> {
  const candidates = byPlace(unexpected);
  const renames = new Map<string, Address>();
  for (const [place, lefts] of byPlace(missing)) {
    const rights = candidates.get(place) ?? [];
    for (const left of lefts) {
      const right = nearest(left, rights);
      if (right === null || nearest(right, lefts) !== left) continue;
      renames.set(renderAddressKey(addressOf(left)), addressOf(right));
    }
  }
  return renames;
}

/** What may be one thing under two names: things of one kind in one place. */
function byPlace(objects: readonly CatalogObject[]): ReadonlyMap<string, readonly CatalogObject[]> {
  const places = new Map<string, CatalogObject[]>();
  for (const object of objects) {
    const parent = parentOf(addressOf(object));
    if (ruleOf(object.kind).renameable !== true || parent === null) continue;
    const key = `${object.kind} in ${renderAddressKey(parent)}`;
    const others = places.get(key);
    if (others === undefined) places.set(key, [object]);
    else others.push(object);
  }
  return places;
}

function nearest(object: CatalogObject, others: readonly CatalogObject[]): CatalogObject | null {
  const name = nameOfObject(object);
  const like = others.filter(
    (other) => nameDistance(name, nameOfObject(other)) === 0 || likenessOf(object) === likenessOf(other),
  );
  return nearestName(name, like, nameOfObject);
}

function likenessOf(object: CatalogObject): string {
  return JSON.stringify(ruleOf(object.kind).aspects.map((aspect) => aspect.read(object)));
}

function nameOfObject(object: CatalogObject): string {
  return nameOf(addressOf(object));
}
