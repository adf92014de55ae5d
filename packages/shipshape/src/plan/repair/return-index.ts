// returnIndex: an index that is gone, built while its table is written to.
import { addressOf, type Index, quoteIdentifier, quoteQualified } from '../../catalog/index.ts';
import { complete, renderIndex } from '../../ddl/index.ts';
import { holdingOf } from '../holding.ts';
import { inParentheses } from '../in-parentheses.ts';
import { type Ground, isPartitioned } from './ground.ts';
import { type Doubt, makeRepair, type Repair } from './repair.ts';
import { duplicatesOf } from './return-constraint.ts';

export function returnIndex(index: Index, ground: Ground): Repair {
  const { schema, table } = index;
  const filled = ground.facts.hasRows(schema, table);
  const concurrently = filled && !isPartitioned(ground, schema, table);
  return makeRepair(
    index,
    {
      address: addressOf(index),
      statements: [createIndex(index, ground, concurrently)],
      makes: [],
      ...(index.unique ? { keyOf: [schema, table] as const } : {}),
    },
    {
      apart: concurrently,
      doubts: filled ? doubtsOfIndex(index, ground) : [],
      long: filled && !concurrently,
    },
  );
}

export function createIndex(index: Index, { sides }: Ground, concurrently: boolean): string {
  const names = holdingOf(sides.wanted).columnNames(index.schema, index.table);
  return renderIndex(inParentheses(index, names), names, complete, concurrently);
}

export function doubtsOfIndex(index: Index, { sides }: Ground): readonly Doubt[] {
  if (!index.unique) return [];
  const names = holdingOf(sides.wanted).columnNames(index.schema, index.table);
  const keys = index.keys.map(({ expression }) =>
    names.has(expression) ? quoteIdentifier(expression) : `(${expression})`,
  );
  const table = quoteQualified(index.schema, index.table);
  const query = duplicatesOf(table, keys, index.nullsDistinct ? keys : [], index.predicate);
  return [{ about: 'duplicates', query }];
}
