// A model of a table that is a view in the database: columns and types count, and nothing that a view cannot have.
import { describe, expect, test } from 'vitest';
import { type CatalogObject, makeCatalog, type View } from '../../src/catalog/index.ts';
import { compareModels } from '../../src/compare/compare-models.ts';
import { check, column, foreignKey, index, key, primaryKey, table, uniqueKey } from './build.ts';

const view = (columns: readonly (readonly [string, string])[]): View => ({
  kind: 'view',
  schema: 'public',
  name: 't',
  columns: columns.map(([name, type]) => ({ name, type })),
  definition: 'SELECT 1',
});

const byName = index('t_name_idx', [key('name')]);

const declared = makeCatalog([
  table(),
  column('id', 'integer', { nullable: false, identity: 'always' }),
  column('name', 'text', { nullable: false, default: "'x'::text" }),
  primaryKey(['id']),
  uniqueKey(['name']),
  foreignKey(['id'], 'u'),
  check('positive', 'id > 0'),
  byName,
  { kind: 'comment', on: { kind: 'table', schema: 'public', name: 't' }, text: 'said' },
  { kind: 'comment', on: { kind: 'column', schema: 'public', table: 't', name: 'id' }, text: 'said' },
]);

function told(...objects: readonly CatalogObject[]): readonly string[] {
  return compareModels(declared, makeCatalog(objects), []).differences.map(
    ({ kind, address, ...rest }) =>
      `${kind} ${address.kind} ${'name' in address ? address.name : ''}${'aspect' in rest ? ` ${rest.aspect}` : ''}`,
  );
}

const both: readonly (readonly [string, string])[] = [
  ['id', 'integer'],
  ['name', 'text'],
];

describe('a view in the place of a table', () => {
  test('that has its columns is no difference', () => {
    expect(told(view(both))).toEqual([]);
  });

  test('that lacks a column, has one more, and one of another type', () => {
    expect(
      told(
        view([
          ['id', 'bigint'],
          ['other', 'text'],
        ]),
      ),
    ).toEqual(['unequal column id type', 'missing column name', 'unexpected column other']);
  });

  test('that is materialized may have indexes, and those are compared', () => {
    const materialized = { ...view(both), kind: 'materialized view', populated: true } as const;
    expect(told(materialized)).toEqual(['missing index t_name_idx']);
    expect(told(materialized, byName)).toEqual([]);
  });
});

test('a view that no model knows is still told', () => {
  const { differences } = compareModels(makeCatalog([]), makeCatalog([view(both)]), []);
  expect(differences).toMatchObject([{ kind: 'unexpected', address: { kind: 'view' } }]);
});
