// A catalog that was made table by table is the one that the same objects make in any order.
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  byTableOf,
  type Catalog,
  catalogByTable,
  groupByTable,
  makeCatalog,
  renderAddressKey,
} from '../../src/catalog/index.ts';
import { objects } from './arbitrary-objects.ts';

test('its objects are the same, in normal order', () => {
  fc.assert(
    fc.property(objects, (given) => {
      expect(catalogByTable(groupByTable(given)).objects).toEqual(makeCatalog(given).objects);
    }),
  );
});

test('what is in each table is told of either', () => {
  fc.assert(
    fc.property(objects, (given) => {
      const keys = (catalog: Catalog) => {
        const { tops, inside } = byTableOf(catalog);
        const tables = [...inside].flatMap(([schema, each]) =>
          [...each].map(([table, { columns, others }]) => {
            const parts = [...columns, ...others];
            expect(columns.every(({ kind }) => kind === 'column')).toBe(true);
            expect(others.some(({ kind }) => kind === 'column')).toBe(false);
            expect(parts.every((part) => part.schema === schema && part.table === table)).toBe(true);
            return parts.map(renderAddressKey);
          }),
        );
        return [...tops.map(renderAddressKey), ...tables.flat()].sort();
      };
      const all = given.map(renderAddressKey).sort();
      expect(keys(makeCatalog(given))).toEqual(all);
      expect(keys(catalogByTable(groupByTable(given)))).toEqual(all);
    }),
  );
});
