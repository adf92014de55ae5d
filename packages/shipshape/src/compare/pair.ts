// pair: which thing of the left catalog is which thing of the right one.
import {
  type Address,
  addressOf,
  type CatalogObject,
  cutAddress,
  cutIdentifier,
  nameOf,
  parentOf,
  type Remark,
  renderAddressKey,
  type ThingAddress,
} from '../catalog/index.ts';
import { plainest, ruleOf } from './aspects.ts';
import type { Aspect } from './kind-rule.ts';
import type { Silences } from './silence.ts';

export interface Pairing {
  readonly pairs: readonly (readonly [CatalogObject, CatalogObject])[];
  readonly leftAlone: readonly CatalogObject[];
  readonly rightAlone: readonly CatalogObject[];
}

/** Equal for things of the two sides that are the same; null where a round does not ask. */
type KeyOf = (object: CatalogObject) => string | null;

/**
 * What is the same by name is the same, except where names are a matter of taste: there an equal structure counts
 * first, then the name, then the part of the structure that identifies a thing. So no difference arises from a name. Of
 * several with one structure, those are the same that are remarked on alike. What is remarked on a thing follows it.
 */
export function pair(
  left: readonly CatalogObject[],
  right: readonly CatalogObject[],
  silences: Silences,
): Pairing {
  const [leftRounds, rightRounds] = [roundsOf(left, silences), roundsOf(right, silences)];
  let rest: Pairing = { pairs: [], leftAlone: left.filter(isThing), rightAlone: right.filter(isThing) };
  for (const [at, leftKey] of leftRounds.entries()) rest = pairBy(leftKey, rightRounds[at] as KeyOf, rest);
  const remarks = { left: left.filter(isRemark), right: right.filter(isRemark) };
  if (remarks.left.length + remarks.right.length === 0) return rest;
  const namesRight = new Set(right.filter(isThing).map(nameKey));
  const replaced = rest.leftAlone.filter((thing) => namesRight.has(nameKey(thing)));
  const moved = new Map<string, ThingAddress | null>([
    // Where only the right side has that name, it is the name of something that the left calls otherwise.
    ...rest.pairs.map(([, other]) => [nameKey(other), null] as const),
    ...replaced.map((thing) => [nameKey(thing), null] as const),
    ...rest.pairs.map(([one, other]) => [nameKey(one), addressOf(other) as ThingAddress] as const),
  ]);
  // A catalog may be a part, with remarks on what is not in it: those are found under the name they give.
  return pairBy(
    (object) => remarkKey(object, moved),
    (object) => (isRemark(object) ? nameKey(object) : null),
    {
      pairs: rest.pairs,
      leftAlone: [...rest.leftAlone, ...remarks.left],
      rightAlone: [...rest.rightAlone, ...remarks.right],
    },
  );
}

/** `side`: everything of one catalog. */
function roundsOf(side: readonly CatalogObject[], silences: Silences): readonly KeyOf[] {
  const remarks = gatherRemarks(side);
  const structures = new Map<CatalogObject, string>();
  const structure = (object: CatalogObject): string => {
    const known = structures.get(object) ?? structureOf(object, silences);
    structures.set(object, known);
    return known;
  };
  const remarked = (object: CatalogObject) => `${structure(object)} ${remarks.get(nameKey(object)) ?? ''}`;
  const ask =
    (key: KeyOf): KeyOf =>
    (object) =>
      byStructure(object) ? key(object) : null;
  return [
    (object) => (byStructure(object) ? `${remarked(object)} ${nameOfObject(object)}` : nameKey(object)),
    ask(remarked),
    ask((object) => `${structure(object)} ${nameOfObject(object)}`),
    ask(structure),
    ask(nameKey),
    ask(identifyingKey),
  ];
}

function pairBy(leftKey: KeyOf, rightKey: KeyOf, before: Pairing): Pairing {
  const waiting = new Map<string, CatalogObject[]>();
  for (const object of before.rightAlone) {
    const key = rightKey(object);
    if (key === null) continue;
    const others = waiting.get(key);
    if (others === undefined) waiting.set(key, [object]);
    else others.push(object);
  }
  const pairs: (readonly [CatalogObject, CatalogObject])[] = [];
  const leftAlone: CatalogObject[] = [];
  const taken = new Set<CatalogObject>();
  for (const object of before.leftAlone) {
    const key = leftKey(object);
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

const isRemark = (object: CatalogObject): object is Remark => 'on' in object;
const isThing = (object: CatalogObject): boolean => !isRemark(object);
const byStructure = (object: CatalogObject): boolean => ruleOf(object.kind).identity === 'structure';

/** What is remarked on each thing, by the thing's name key. */
function gatherRemarks(side: readonly CatalogObject[]): ReadonlyMap<string, string> {
  const gathered = new Map<string, string[]>();
  for (const remark of side) {
    if (!isRemark(remark)) continue;
    const { on, ...more } = addressOf(remark) as Extract<Address, { on: ThingAddress }>;
    const text = JSON.stringify([more, read(remark, () => true)]);
    const others = gathered.get(keyOf(on));
    if (others === undefined) gathered.set(keyOf(on), [text]);
    else others.push(text);
  }
  return new Map([...gathered].map(([key, texts]) => [key, texts.sort().join(' ')]));
}

/** `moved`: where the other side has a thing, by its name key; null where it has another one under that name. */
function remarkKey(object: CatalogObject, moved: ReadonlyMap<string, ThingAddress | null>): string | null {
  const address = addressOf(object);
  if (!('on' in address)) return null;
  const there = moved.get(keyOf(address.on));
  return there === null ? null : keyOf({ ...address, on: there ?? address.on });
}

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
