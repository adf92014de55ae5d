// compare, for any two catalogs.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  cutAddress,
  cutIdentifier,
  fingerprint,
  isConstraint,
  makeCatalog,
  renderAddressKey,
} from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import type { Difference } from '../../src/compare/difference.ts';
import { anyCatalog, anyPair } from './arbitrary-catalog.ts';

/**
 * What two catalogs have to agree in, written apart from the code. The names of keys, checks, exclusion constraints and
 * indexes do not count, nor those of the checks of domains; nor where columns stand; nor which sequence fills a column;
 * nor the order of roles, rights and options; and a unique index that a UNIQUE constraint could be is one. What is said
 * of a thing without a name is part of it.
 */
function meaning(catalog: Catalog): string {
  const remarks = catalog.objects.filter((object) => 'on' in object);
  const nameless = new Set(
    catalog.objects
      .filter((each) => isConstraint(each) || each.kind === 'index')
      .map((each) => renderAddressKey(addressOf(each))),
  );
  const said = (object: CatalogObject) => {
    const key = renderAddressKey(addressOf(object));
    if (!nameless.has(key)) return [];
    return remarks
      .filter(({ on }) => renderAddressKey(on) === key)
      .map(({ on: _, ...remark }) => fingerprint(inOrder(remark)))
      .sort();
  };
  const all = catalog.objects
    .filter((object) => !('on' in object && nameless.has(renderAddressKey(object.on))))
    .map((object) => fingerprint([meaningOf(object), said(object)]));
  return fingerprint(all.sort());
}

const inOrder = <Thing extends object>(thing: Thing): Thing =>
  'rights' in thing ? { ...thing, rights: [...(thing.rights as readonly string[])].sort() } : thing;

function meaningOf(object: CatalogObject): unknown {
  if (object.kind === 'privilege') return inOrder(object);
  if (object.kind === 'view') return { ...object, options: [...(object.options ?? [])].sort() };
  if (object.kind === 'policy') return { ...object, roles: [...object.roles].sort() };
  if (object.kind === 'domain') {
    const checks = object.checks.map(({ expression, validated }) => `${expression} ${validated}`);
    return { ...object, checks: checks.sort() };
  }
  if (object.kind === 'column') {
    const { position: _, ...rest } = object;
    const sequence = object.identity !== null || object.default?.startsWith('nextval(');
    return { ...rest, default: sequence === true ? 'sequence' : object.default };
  }
  if (!isConstraint(object) && object.kind !== 'index') return object;
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

test('two catalogs do not differ exactly when they mean the same', () => {
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

/** One check under two names, and a remark on the first of them where only the second is. */
const remarkOnAnothersName = (['one', 'two'] as const).map((name) => {
  const place = { kind: 'check', schema: 'app', table: 't' } as const;
  return makeCatalog([
    { kind: 'table', schema: 'app', name: 't' },
    { ...place, name, expression: '(a > 0)', validated: true },
    { kind: 'comment', on: { ...place, name: 'one' }, text: 'why' },
  ]);
}) as [Catalog, Catalog];

test('exchanged sides give the mirrored differences', () => {
  fc.assert(
    fc.property(anyPair, ([left, right]) => {
      expect(asSet(compare(right, left))).toEqual(asSet(mirror(compare(left, right))));
    }),
    { ...runs, examples: [[remarkOnAnothersName]] },
  );
});

test('a thing that was left out is one missing thing, with all that is said of it', () => {
  fc.assert(
    fc.property(anyCatalog, fc.nat(), (catalog, at) => {
      const leaves = catalog.objects.filter((each) => each.kind !== 'table' && each.kind !== 'schema');
      const gone = leaves[at % leaves.length];
      fc.pre(gone !== undefined);
      const rest = makeCatalog(catalog.objects.filter((each) => each !== gone && !isSaidOf(each, gone)));
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

/** Of the thing itself, or of a column in it. */
function isSaidOf(remark: CatalogObject, thing: CatalogObject): boolean {
  if (!('on' in remark) || 'on' in thing) return false;
  const { on } = remark;
  if (renderAddressKey(on) === renderAddressKey(addressOf(thing))) return true;
  const holds =
    thing.kind === 'view' || thing.kind === 'materialized view' || thing.kind === 'composite type';
  return holds && 'table' in on && on.schema === thing.schema && on.table === thing.name;
}

test('an object under a name that is too long is the object under the cut name', () => {
  fc.assert(
    fc.property(anyCatalog, (catalog) => {
      const cut = catalog.objects.map((each) =>
        'on' in each
          ? { ...each, on: cutAddress(each.on) }
          : 'name' in each
            ? { ...each, name: cutIdentifier(each.name) }
            : each,
      );
      const keys = new Set(cut.map((each) => renderAddressKey(addressOf(each))));
      fc.pre(keys.size === cut.length);
      expect(compare(catalog, makeCatalog(cut))).toEqual([]);
    }),
    runs,
  );
});
