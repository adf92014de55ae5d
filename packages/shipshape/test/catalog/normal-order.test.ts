// The order of a catalog is that of its address keys, whatever the names are, and no address is in it twice.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyCatalog, makeCatalog, renderAddressKey } from '../../src/catalog/index.ts';
import { objects } from './arbitrary-objects.ts';

test('objects come in the order of their keys', () => {
  fc.assert(
    fc.property(objects, (given) => {
      const keys = makeCatalog(given).objects.map(renderAddressKey);
      expect(keys).toEqual(given.map(renderAddressKey).sort());
    }),
  );
});

test('two at one address are an error, which names it', () => {
  fc.assert(
    fc.property(objects, fc.nat(), (given, at) => {
      const twin = given[at % given.length];
      if (twin === undefined) expect(makeCatalog(given)).toEqual(emptyCatalog);
      else
        expect(() => makeCatalog([...given, { ...twin }])).toThrow(
          `two objects at one address: ${renderAddressKey(twin)}`,
        );
    }),
  );
});
