// pair: which thing of the left catalog is which thing of the right one.
import {
  type Address,
  addressOf,
  type CatalogObject,
  cutAddress,
  cutIdentifier,
  nameOf,
  parentOf,
  renderAddressKey,
} from '../catalog/index.ts';
import { plainest, ruleOf } from './aspects.ts';
import type { Aspect } from './kind-rule.ts';
import type { Silences } from './silence.ts';

export interface Pairing {
  readonly pairs: readonly (readonly [CatalogObject, CatalogObject])[];
  readonly leftAlone: readonly CatalogObject[];
  readonly rightAlone: readonly CatalogObject[];
}

/**
 * What is the same by name is the same, except where names are a matter of taste: there an equal structure counts
 * first, then the name, then the part of the structure that identifies a thing. So no difference arises from a name.
 */
export function pair(
  left: readonly CatalogObject[],
  right: readonly CatalogObject[],
  silences: Silences,
): Pairing {
  const structureKey = (object: CatalogObject) => structureOf(object, silences);
  const rounds: readonly ((object: CatalogObject) => string | null)[] = [
    (object) => (byStructure(object) ? `${structureKey(object)} ${nameOfObject(object)}` : nameKey(object)),
    (object) => (byStructure(object) ? structureKey(object) : null),
    (object) => (byStructure(object) ? nameKey(object) : null),
    (object) => (byStructure(object) ? identifyingKey(object) : null),
  ];
  let rest: Pairing = { pairs: [], leftAlone: left, rightAlone: right };
  for (const keyOf of rounds) rest = pairBy(keyOf, rest);
  return rest;
}

function pairBy(keyOf: (object: CatalogObject) => string | null, before: Pairing): Pairing {
  const waiting = new Map<string, CatalogObject[]>();
  for (const object of before.rightAlone) {
    const key = keyOf(object);
    if (key === null) continue;
    const others = waiting.get(key);
    if (others === undefined) waiting.set(key, [object]);
    else others.push(object);
  }
  const pairs: (readonly [CatalogObject, CatalogObject])[] = [];
  const leftAlone: CatalogObject[] = [];
  const taken = new Set<CatalogObject>();
  for (const object of before.leftAlone) {
    const key = keyOf(object);
    const match = key === null ? undefined : waiting.get(key)?.shift();
    if (match === undefined) leftAlone.push(object);
    else {
      pairs.push([object, match]);
      taken.add(match);
    }
  }
  return {
    pairs: [...before.pairs, ...pairs],
    leftAlone,
    rightAlone: before.rightAlone.filter((object) => !taken.has(object)),
  };
}

const byStructure = (object: CatalogObject): boolean => ruleOf(object.kind).identity === 'structure';

/** Names as PostgreSQL stores them: longer ones are cut (manual 4.1.1). */
function keyOf(address: Address): string {
  return renderAddressKey(cutAddress(address));
}

function nameOfObject(object: CatalogObject): string {
  return cutIdentifier(nameOf(addressOf(object)));
}

function placeOf(object: CatalogObject): string | null {
  const parent = parentOf(addressOf(object));
  return parent === null ? null : keyOf(parent);
}

function nameKey(object: CatalogObject): string {
  return keyOf(addressOf(object));
}

/** What one side cannot say, in whichever words, keeps nothing apart. */
function structureOf(object: CatalogObject, silences: Silences): string {
  const plain = plainest(object);
  const kinds = [plain.kind, ...(ruleOf(plain.kind).alsoToldAs ?? [])];
  const said = ({ name }: Aspect) => !kinds.some((kind) => silences.coversKind(kind, name));
  return JSON.stringify([plain.kind, placeOf(plain), ...read(plain, said)]);
}

function identifyingKey(object: CatalogObject): string {
  return JSON.stringify([
    object.kind,
    placeOf(object),
    ...read(object, (aspect) => aspect.identifying === true),
  ]);
}

function read(object: CatalogObject, wanted: (aspect: Aspect) => boolean): readonly (string | null)[] {
  return ruleOf(object.kind)
    .aspects.filter(wanted)
    .map((aspect) => aspect.read(object));
}
