// A source that cannot say whether something is a table or a view: what is there counts as what is told.
import { describe, expect, test } from 'vitest';
import { type CatalogObject, makeCatalog, renderAddressKey, type Silence } from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import { column, primaryKey, table } from './build.ts';

const columns = [
  { name: 'id', type: 'integer' },
  { name: 'total', type: 'bigint' },
];
const place = { schema: 'public', name: 't', definition: 'SELECT 1' };
const view = (over: object = {}): CatalogObject => ({ kind: 'view', ...place, columns, ...over });
const kept = (over: object = {}): CatalogObject => ({
  kind: 'materialized view',
  ...place,
  columns,
  populated: true,
  ...over,
});
const because = 'it cannot say';
const unsure: readonly Silence[] = [
  { address: 'table', aspect: 'kind', because },
  { address: 'view', aspect: 'kind', because },
];

function told(
  left: readonly CatalogObject[],
  right: readonly CatalogObject[],
  silence: readonly Silence[] = unsure,
): readonly string[] {
  return compare(makeCatalog(left), makeCatalog(right), { silence }).map((each) => {
    const aspect = each.kind === 'unequal' ? ` ${each.aspect}: ${each.left} / ${each.right}` : '';
    return `${each.kind} ${renderAddressKey(each.address)}${aspect}`;
  });
}

const required = { nullable: false };
const asTable = [table(), column('id', 'integer', required), column('total', 'bigint', required)];

describe('told as a table', () => {
  test('a view is that table, and says nothing about null', () => {
    expect(told(asTable, [view()])).toEqual([]);
    expect(told(asTable, [kept()])).toEqual([]);
  });

  test('a view that lacks a column, and has another', () => {
    expect(told([...asTable, column('name', 'text')], [view()])).toEqual(['missing column public.t.name']);
    expect(told([table(), column('id', 'integer')], [view()])).toEqual(['unexpected column public.t.total']);
  });

  test('a view whose column has another type', () => {
    expect(told([table(), column('id', 'text'), column('total', 'bigint')], [view()])).toEqual([
      'unequal column public.t.id type: text / integer',
    ]);
  });

  test('a table is a table', () => {
    expect(told(asTable, [table(), column('id', 'integer')])).toEqual([
      'unequal column public.t.id nullability: not null / null',
      'missing column public.t.total',
    ]);
  });

  test('a view of another schema is another thing', () => {
    expect(told(asTable, [view({ schema: 'other' })])).toEqual([
      'missing table public.t',
      'unexpected view other.t',
    ]);
  });
});

describe('told as a view', () => {
  test('a materialized view is that view', () => {
    expect(told([view()], [kept()])).toEqual([]);
  });

  test('a table is that view, with its columns in their order and without its keys', () => {
    const there = [
      table(),
      column('total', 'bigint', { position: 2 }),
      column('id', 'integer', { position: 1 }),
      primaryKey(['id']),
    ];
    expect(told([view()], there)).toEqual([]);
  });

  test('the columns that are told count, wherever they stand', () => {
    expect(told([view({ columns: columns.toReversed().slice(0, 1) })], [view()])).toEqual([]);
    expect(told([view({ columns: columns.toReversed() })], [kept()])).toEqual([]);
    expect(told([view()], [kept({ columns: columns.slice(0, 1) })])).toEqual([
      'unequal view public.t columns: id integer, total bigint / id integer',
    ]);
    expect(told([view()], [view({ columns: [columns[0], { name: 'total', type: 'text' }] })])).toEqual([
      'unequal view public.t columns: id integer, total bigint / id integer, total text',
    ]);
  });
});

test('a source that can say it is taken at its word', () => {
  expect(told(asTable, [view()], [])).toEqual(['missing table public.t', 'unexpected view public.t']);
  expect(told([view()], [kept()], [])).toEqual([
    'unexpected materialized view public.t',
    'missing view public.t',
  ]);
});
