// What there is to compare about indexes.
import type { CatalogObject, Index } from '../../catalog/index.ts';
import { isColumnKey } from '../index-key.ts';
import type { RuleTable } from '../kind-rule.ts';
import { keyText } from './key-text.ts';
import { always, distinctness, listed, validity } from './texts.ts';

/** A unique index that a UNIQUE constraint could be, as that constraint. */
function asUniqueKey(index: Index): CatalogObject {
  const { kind: _, unique, method, keys, include, predicate, valid, ...rest } = index;
  const plain =
    unique &&
    valid &&
    method === 'btree' &&
    predicate === null &&
    include.length === 0 &&
    // A unique constraint has columns only, in the order and under the collation that need no word.
    keys.every(
      (key) =>
        !key.descending &&
        key.nulls === 'last' &&
        key.opclass === null &&
        key.collation === undefined &&
        isColumnKey(key),
    );
  if (!plain) return index;
  const columns = keys.map((key) => key.expression);
  return { kind: 'unique key', ...rest, columns, deferrability: 'not deferrable' };
}

export const indexRules: RuleTable<'index'> = {
  index: {
    identity: 'structure',
    plainest: asUniqueKey,
    aspects: [
      {
        name: 'keys',
        read: ({ keys }) => keys.map(keyText).join(', '),
        identifying: true,
        printed: ({ keys }) => !keys.every(isColumnKey),
      },
      { name: 'unique', read: ({ unique }) => (unique ? 'unique' : 'not unique') },
      { name: 'method', read: ({ method }) => method },
      { name: 'include', read: ({ include }) => listed(include) },
      { name: 'predicate', read: ({ predicate }) => predicate, printed: always },
      { name: 'nulls distinct', read: ({ nullsDistinct }) => distinctness(nullsDistinct) },
      { name: 'validity', read: ({ valid }) => validity(valid) },
    ],
  },
};
