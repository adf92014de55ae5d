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
import { nameDistance } from './similar-name.ts';

/** By address key of the missing one. Only where each is the other's single nearest candidate. */
export function findRenames(
  missing: readonly CatalogObject[],
  unexpected: readonly CatalogObject[],
): ReadonlyMap<string, Address> {
  const candidates = new Map<string, CatalogObject[]>();
  for (const object of unexpected) {
    const key = likenessOf(object);
    if (key !== null) candidates.set(key, [...(candidates.get(key) ?? []), object]);
  }
  const peers = new Map<string, CatalogObject[]>();
  for (const object of missing) {
    const key = likenessOf(object);
    if (key !== null) peers.set(key, [...(peers.get(key) ?? []), object]);
  }
  const renames = new Map<string, Address>();
  for (const [key, lefts] of peers) {
    const rights = candidates.get(key) ?? [];
    for (const left of lefts) {
      const right = nearest(left, rights);
      if (right === null || nearest(right, lefts) !== left) continue;
      renames.set(renderAddressKey(addressOf(left)), addressOf(right));
    }
  }
  return renames;
}

/** Equal for things that differ in nothing but the name; null where a rename is not asked for. */
function likenessOf(object: CatalogObject): string | null {
  const rule = ruleOf(object.kind);
  const parent = parentOf(addressOf(object));
  if (rule.renameable !== true || parent === null) return null;
  return JSON.stringify([renderAddressKey(parent), ...rule.aspects.map((aspect) => aspect.read(object))]);
}

/** Null without one, and when two are equally near. */
function nearest(object: CatalogObject, others: readonly CatalogObject[]): CatalogObject | null {
  let best: CatalogObject | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const other of others) {
    const distance = nameDistance(nameOf(addressOf(object)), nameOf(addressOf(other)));
    if (distance === null || distance > bestDistance) continue;
    best = distance === bestDistance ? null : other;
    bestDistance = distance;
  }
  return best;
}
