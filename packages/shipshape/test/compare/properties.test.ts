// compare, for any two catalogs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  cutIdentifier,
  fingerprint,
  makeCatalog,
  renderAddressKey,
} from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import type { Difference } from '../../src/compare/difference.ts';
import { anyCatalog, anyPair } from './arbitrary-catalog.ts';

/** What is left of an object when its name does not count and sequences are all alike; written apart from the code. */
function meaningOf(object: CatalogObject): unknown {
  if (!('table' in object)) return object;
  if (object.kind === 'column') {
    const sequence = object.identity !== null || object.default?.startsWith('nextval(');
    return { ...object, default: sequence === true ? 'sequence' : object.default };
  }
  const { name: _, ...rest } = object;
  if (rest.kind === 'foreign key') {
    const pairs = rest.columns.map((near, at) => [near, rest.references.columns[at]]);
    return { ...rest, columns: pairs.map(String).sort(), references: { ...rest.references, columns: [] } };
  }
  if (rest.kind !== 'index' || !rest.unique || !rest.valid || rest.predicate !== null) return rest;
  const plain = rest.keys.every(
    (each) => !each.descending && each.opclass === null && /^[^()]*$/.test(each.expression),
  );
  if (!plain) return rest;
  const { schema, table, nullsDistinct, keys } = rest;
  const columns = keys.map((each) => each.expression);
  return { kind: 'unique key', schema, table, nullsDistinct, deferrability: 'not deferrable', columns };
}

function meaning(catalog: Catalog): string {
  return fingerprint(catalog.objects.map((object) => fingerprint(meaningOf(object))).sort());
}

/** What the differences would be, were the two sides exchanged. */
function mirror(differences: readonly Difference[]): readonly Difference[] {
  const renamed = new Map(
    differences.flatMap((each) =>
      each.kind === 'missing' && each.renamedTo !== undefined
        ? [[renderAddressKey(each.renamedTo), each.address] as const]
        : [],
    ),
  );
  return differences.map((each): Difference => {
    if (each.kind === 'missing') return { kind: 'unexpected', address: each.address, right: each.left };
    if (each.kind === 'unequal')
      return {
        ...each,
        address: each.rightAddress,
        rightAddress: each.address,
        left: each.right,
        right: each.left,
      };
    const renamedTo = renamed.get(renderAddressKey(each.address));
    const { address, right } = each;
    return { kind: 'missing', address, left: right, ...(renamedTo === undefined ? {} : { renamedTo }) };
  });
}

const asSet = (differences: readonly Difference[]) => differences.map(fingerprint).sort();
const runs = { numRuns: 1500 };

test('a catalog does not differ from itself', () => {
  fc.assert(
    fc.property(anyCatalog, (catalog) => {
      expect(compare(catalog, catalog)).toEqual([]);
    }),
    runs,
  );
});

test('two catalogs do not differ exactly when they mean the same, names of keys and indexes apart', () => {
  let same = 0;
  fc.assert(
    fc.property(anyPair, ([left, right]) => {
      const equal = meaning(left) === meaning(right);
      if (equal) same += 1;
      expect(compare(left, right).length === 0).toBe(equal);
    }),
    runs,
  );
  // Both outcomes have been seen.
  expect(same).toBeGreaterThan(50);
  expect(same).toBeLessThan(runs.numRuns - 50);
});

test('exchanged sides give the mirrored differences', () => {
  fc.assert(
    fc.property(anyPair, ([left, right]) => {
      expect(asSet(compare(right, left))).toEqual(asSet(mirror(compare(left, right))));
    }),
    runs,
  );
});

test('a thing that was left out is one missing thing', () => {
  fc.assert(
    fc.property(anyCatalog, fc.nat(), (catalog, at) => {
      const leaves = catalog.objects.filter((each) => 'table' in each || each.kind === 'enum');
      const gone = leaves[at % leaves.length];
      fc.pre(gone !== undefined);
      const rest = makeCatalog(catalog.objects.filter((each) => each !== gone));
      const [difference, ...more] = compare(catalog, rest);
      expect(more).toEqual([]);
      // Of several equal indexes or keys any one may be the one that is missing.
      expect(difference?.kind).toBe('missing');
      expect(fingerprint(meaningOf(difference?.kind === 'missing' ? difference.left : gone))).toBe(
        fingerprint(meaningOf(gone)),
      );
    }),
    runs,
  );
});

test('an object under a name that is too long is the object under the cut name', () => {
  fc.assert(
    fc.property(anyCatalog, (catalog) => {
      const cut = catalog.objects.map((each) =>
        'name' in each ? { ...each, name: cutIdentifier(each.name) } : each,
      );
      const keys = new Set(cut.map((each) => renderAddressKey(addressOf(each))));
      fc.pre(keys.size === cut.length);
      expect(compare(catalog, makeCatalog(cut))).toEqual([]);
    }),
    runs,
  );
});
