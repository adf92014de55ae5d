// compare: two catalogs to the differences between them. What there is to know about a kind is in aspects.ts.
import {
  type Address,
  addressOf,
  type Catalog,
  type CatalogObject,
  holdersOf,
  renderAddressKey,
  type Silence,
} from '../catalog/index.ts';
import { asTold } from './as-told.ts';
import { ruleOf } from './aspects.ts';
import type { Difference } from './difference.ts';
import type { Aspect } from './kind-rule.ts';
import { pair } from './pair.ts';
import { findRenames } from './renames.ts';
import { makeSilences, type Silences } from './silence.ts';

/** Sorted by address. Both catalogs must have their texts printed by a server: they are compared as they are. */
export function compare(
  left: Catalog,
  right: Catalog,
  options: { readonly silence?: readonly Silence[] } = {},
): readonly Difference[] {
  const silences = makeSilences(options.silence ?? []);
  const { pairs, leftAlone, rightAlone } = pair(
    left.objects,
    asTold(left.objects, right.objects, silences),
    silences,
  );
  const missing = withoutChildren(leftAlone).filter(
    (each) => !silences.covers([addressOf(each)], 'existence'),
  );
  const unexpected = withoutChildren(rightAlone).filter((each) =>
    ['existence', 'unexpected'].every((aspect) => !silences.covers([addressOf(each)], aspect)),
  );
  const renames = findRenames(missing, unexpected);
  return [
    ...missing.map((each) => tellMissing(each, renames)),
    ...unexpected.map((each): Difference => ({ kind: 'unexpected', address: addressOf(each), right: each })),
    ...pairs.flatMap(([one, other]) => unequalAspects(one, other, silences)),
  ]
    .map((difference) => ({ difference, key: renderAddressKey(difference.address) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ difference }) => difference);
}

function tellMissing(object: CatalogObject, renames: ReadonlyMap<string, Address>): Difference {
  const address = addressOf(object);
  const renamedTo = renames.get(renderAddressKey(address));
  return { kind: 'missing', address, left: object, ...(renamedTo === undefined ? {} : { renamedTo }) };
}

/** What stands alone only because the thing that holds it, or that it is said of, does is not told again. */
function withoutChildren(alone: readonly CatalogObject[]): readonly CatalogObject[] {
  const keys = new Set(alone.map((each) => renderAddressKey(addressOf(each))));
  return alone.filter((each) => {
    const address = addressOf(each);
    // A column of a view is no object of its own, but may be remarked on.
    const within = 'on' in address ? holdersOf(address.on) : [];
    return ![...holdersOf(address), ...within].some((holder) => keys.has(holder));
  });
}

function unequalAspects(
  left: CatalogObject,
  right: CatalogObject,
  silences: Silences,
): readonly Difference[] {
  // Two kinds are paired only when they say the same in different words.
  if (left.kind !== right.kind) return [];
  const address = addressOf(left);
  const rightAddress = addressOf(right);
  const differs = (aspect: Aspect) => aspect.read(left) !== aspect.read(right);
  const { aspects } = ruleOf(left.kind);
  const different = aspects.filter(differs);
  return different
    .filter((aspect) => !isConsequence(aspect, aspects, different))
    .filter((aspect) => !silences.covers([address, rightAddress], aspect.name))
    .map((aspect) => ({
      kind: 'unequal',
      address,
      rightAddress,
      aspect: aspect.name,
      left: aspect.read(left),
      right: aspect.read(right),
    }));
}

/** A difference in what it comes after, however far before, changes it as well. */
function isConsequence(aspect: Aspect, aspects: readonly Aspect[], different: readonly Aspect[]): boolean {
  const before = aspects.find(({ name }) => name === aspect.after);
  return before !== undefined && (different.includes(before) || isConsequence(before, aspects, different));
}
