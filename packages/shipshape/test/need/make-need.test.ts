// makeNeed: what a declaration asks of a database, as plain data.
import { describe, expect, test } from 'vitest';
import { type Column, type Declaration, makeCatalog } from '../../src/catalog/index.ts';
import { makeNeed } from '../../src/need/make-need.ts';
import { column, enumeration, index, inTable, primaryKey, tableOf, uniqueKey } from '../compare/build.ts';

const declare = (over: Partial<Declaration>): Declaration => ({
  catalog: makeCatalog([]),
  silence: [],
  origin: {},
  unqualified: [],
  printed: 18,
  ...over,
});

const columnNeed = (declared: Column, over: Partial<Declaration> = {}) =>
  makeNeed(declare({ catalog: tableOf(declared), ...over })).tables[0]?.columns[0];

test('tables and enums with their lines, and whether the code says their schema', () => {
  const catalog = makeCatalog([
    ...inTable('call_log', [column('sid', 'text')]),
    ...inTable('audit', [], 'app'),
    enumeration('mood', ['ok']),
    { kind: 'schema', schema: 'app' },
  ]);
  const at = (line: number) => ({ file: 'src/schema.ts', line });
  const need = makeNeed(
    declare({
      catalog,
      origin: {
        'table public.call_log': at(3),
        'column public.call_log.sid': at(4),
        'enum public.mood': at(1),
      },
      unqualified: ['table public.call_log', 'enum public.mood'],
    }),
  );
  expect(need).toEqual({
    tables: [
      { schema: 'app', name: 'audit', unqualified: false, columns: [], uniqueKeys: [], origin: null },
      {
        schema: 'public',
        name: 'call_log',
        unqualified: true,
        columns: [{ name: 'sid', type: 'text', nullable: true, filled: false, default: null, origin: at(4) }],
        uniqueKeys: [],
        origin: at(3),
      },
    ],
    enums: [{ schema: 'public', name: 'mood', unqualified: true, labels: ['ok'], origin: at(1) }],
  });
});

describe('columns', () => {
  test.each<[string, Column, object]>([
    ['types as PostgreSQL spells them', column('a', 'varchar(32)'), { type: 'character varying(32)' }],
    [
      'traps, false alarms 4: a serial is filled and never null',
      column('a', 'bigserial'),
      { type: 'bigint', nullable: false, filled: true },
    ],
    ['a default fills', column('a', 'integer', { default: '0' }), { filled: true, default: '0' }],
    ['an identity fills', column('a', 'integer', { identity: 'always' }), { filled: true }],
    ['an expression fills', column('a', 'integer', { generated: '(1 + 1)' }), { filled: true }],
    ['nothing fills', column('a', 'integer', { nullable: false }), { filled: false, nullable: false }],
  ])('%s', (_, declared, expected) => {
    expect(columnNeed(declared)).toMatchObject(expected);
  });

  test.each([
    ['type', { type: null }],
    ['nullability', { nullable: null }],
    ['default', { default: null, filled: null }],
    ['generated', { filled: null }],
  ])('silence about %s leaves it out', (aspect, expected) => {
    const silence = [{ address: 'column', aspect, because: 'no word for it' }];
    expect(columnNeed(column('a', 'text'), { silence })).toMatchObject(expected);
  });

  test('a default that no server has printed fills as well, and is not known', () => {
    const declared = column('a', 'text', { default: "'x'" });
    expect(columnNeed(declared)).toMatchObject({ filled: true, default: "'x'" });
    const { printed: _, ...unprinted } = declare({ catalog: tableOf(declared) });
    expect(makeNeed(unprinted).tables[0]?.columns[0]).toMatchObject({ filled: true, default: null });
  });

  test('a default that is known is one, though others are not said', () => {
    const silence = [{ address: 'column', aspect: 'generated', because: 'no word for it' }];
    expect(columnNeed(column('a', 'text', { default: "''" }), { silence })).toMatchObject({ filled: true });
  });
});

test('a unique index over the columns of a key is no second key', () => {
  const catalog = tableOf(
    column('a', 'text'),
    column('b', 'text'),
    primaryKey(['a']),
    uniqueKey(['a', 'b']),
    index('i', ['b', 'a'], { unique: true }),
    index('j', ['a'], { unique: true }),
  );
  expect(makeNeed(declare({ catalog })).tables[0]?.uniqueKeys).toEqual([
    { columns: ['b', 'a'], primary: false },
    { columns: ['a'], primary: true },
  ]);
});

test('what is not said to exist is not asked for, nor are the labels of an enum that are not said', () => {
  const catalog = tableOf(column('a', 'text'), enumeration('mood', ['ok']));
  const of = (address: string, aspect: string) =>
    makeNeed(declare({ catalog, silence: [{ address, aspect, because: 'no word for it' }] }));
  expect(of('column public.t.a', 'existence').tables[0]?.columns).toEqual([]);
  expect(of('table', 'existence').tables).toEqual([]);
  expect(of('enum', 'labels').enums).toMatchObject([{ name: 'mood', labels: [] }]);
});
