// mergeDeclarations: several sources, one declaration.
import { describe, expect, test } from 'vitest';
import {
  addressOf,
  type CatalogObject,
  type Declaration,
  makeCatalog,
  renderAddressKey,
  type Silence,
} from '../../src/catalog/index.ts';
import { combineSources } from '../../src/compare/combine-sources.ts';
import { compare } from '../../src/compare/compare.ts';
import { mergeDeclarations } from '../../src/compare/merge-declarations.ts';
import { makeSilences } from '../../src/compare/silence.ts';
import {
  column,
  enumeration,
  foreignKey,
  index,
  inTable,
  key,
  primaryKey,
  table,
  uniqueKey,
} from './build.ts';

function declare(objects: readonly CatalogObject[], over: Partial<Declaration> = {}): Declaration {
  return { catalog: makeCatalog(objects), silence: [], origin: {}, unqualified: [], ...over };
}

const silent = (address: string, ...aspects: readonly string[]): readonly Silence[] =>
  aspects.map((aspect) => ({ address, aspect, because: `no ${aspect} of ${address}` }));

/** Names and nullability, as a Kysely interface has them. */
const typesOnly: readonly Silence[] = [
  ...silent('column', 'type', 'default', 'identity', 'generated'),
  ...['primary key', 'unique key', 'index', 'enum'].flatMap((kind) => silent(kind, 'existence')),
];

function merge(first: Declaration, second: Declaration) {
  return mergeDeclarations([
    { source: 'drizzle', declaration: first },
    { source: 'kysely', declaration: second },
  ]);
}

const keysOf = ({ catalog }: Declaration) => catalog.objects.map((each) => renderAddressKey(addressOf(each)));
const find = ({ catalog }: Declaration, address: string) =>
  catalog.objects.find((each) => renderAddressKey(addressOf(each)) === address);

describe('objects', () => {
  test('are united, in one table as well', () => {
    const { declaration, disputes } = merge(
      declare([table(), column('id', 'integer'), table('a')]),
      declare([table(), column('id', 'integer'), column('name', 'text'), table('b')]),
    );
    expect(keysOf(declaration)).toEqual([
      'column public.t.id',
      'column public.t.name',
      'table public.a',
      'table public.b',
      'table public.t',
    ]);
    expect(disputes).toEqual([]);
  });

  test('that differ in nothing but a name of taste are one', () => {
    const { declaration, disputes } = merge(
      declare([
        table(),
        uniqueKey(['email'], { name: 'users_email_unique' }),
        index('one', [key('a')]),
        foreignKey(['b'], 'u', { name: 'fk' }),
      ]),
      declare([
        table(),
        uniqueKey(['email'], { name: 'UQ_123' }),
        index('two', [key('a')]),
        foreignKey(['b'], 'u'),
      ]),
    );
    expect(keysOf(declaration)).toEqual([
      'foreign key public.t.fk',
      'index public.t.one',
      'table public.t',
      'unique key public.t.users_email_unique',
    ]);
    expect(disputes).toEqual([]);
  });

  test('of one name of taste that are two things stay two', () => {
    const one = declare([table(), index('by', [key('a')]), index('other', [key('b')])]);
    const other = declare([
      table(),
      index('by', [key('b')]),
      index('third', [key('a')]),
      index('x', [key('c')]),
    ]);
    const { declaration } = merge(one, other);
    expect(keysOf(declaration)).toEqual([
      'index public.t.by',
      'index public.t.other',
      'index public.t.x',
      'table public.t',
    ]);
    const taken = merge(
      declare([table(), index('by', [key('a')]), index('free', [key('b')])]),
      declare([table(), index('z', [key('a')]), index('by', [key('c')], { unique: true })]),
    );
    expect(keysOf(taken.declaration)).toHaveLength(4);
  });

  test('a unique index and a unique constraint that say the same are one', () => {
    const { declaration } = merge(
      declare([table(), index('i', [key('a')], { unique: true })]),
      declare([table(), uniqueKey(['a'])]),
    );
    expect(keysOf(declaration)).toEqual(['index public.t.i', 'table public.t']);
  });

  test('lines of both are kept, the first for what both declare', () => {
    const at = (line: number) => ({ file: 'a.ts', line });
    const { declaration } = merge(
      declare([table(), uniqueKey(['a'], { name: 'x' })], { origin: { 'table public.t': at(1) } }),
      declare([table(), table('u'), uniqueKey(['a'], { name: 'y' })], {
        origin: { 'table public.t': at(2), 'table public.u': at(3), 'unique key public.t.y': at(4) },
        unqualified: ['table public.u'],
      }),
    );
    expect(declaration.origin).toEqual({
      'table public.t': at(1),
      'table public.u': at(3),
      'unique key public.t.x': at(4),
    });
    expect(declaration.unqualified).toEqual(['table public.u']);
  });
});

describe('an aspect', () => {
  test.each([
    ['first', 1],
    ['second', 0],
  ])('is taken from who is not silent, be it the %s', (_, at) => {
    const spoken = declare([
      table(),
      column('id', 'bigint', { nullable: false, identity: 'always' }),
      primaryKey(['id']),
    ]);
    const typed = declare([table(), column('id', 'unknown', { nullable: false })], { silence: typesOnly });
    const { declaration, disputes } = at === 1 ? merge(spoken, typed) : merge(typed, spoken);
    expect(find(declaration, 'column public.t.id')).toEqual(
      column('id', 'bigint', { nullable: false, identity: 'always' }),
    );
    expect(disputes).toEqual([]);
    const silences = makeSilences(declaration.silence);
    expect(silences.covers([{ kind: 'column', schema: 'public', table: 't', name: 'id' }], 'type')).toBe(
      false,
    );
  });

  test('of which two say different things is a dispute, and the first counts', () => {
    const origin = (line: number) => ({ 'column public.t.id': { file: 'x.ts', line } });
    const { declaration, disputes } = merge(
      declare([table(), column('id', 'uuid')], { origin: origin(3) }),
      declare([table(), column('id', 'integer')], { origin: origin(9) }),
    );
    expect(disputes).toEqual([
      {
        address: { kind: 'column', schema: 'public', table: 't', name: 'id' },
        aspect: 'type',
        first: { source: 'drizzle', text: 'uuid', origin: { file: 'x.ts', line: 3 } },
        second: { source: 'kysely', text: 'integer', origin: { file: 'x.ts', line: 9 } },
      },
    ]);
    expect(find(declaration, 'column public.t.id')).toMatchObject({ type: 'uuid' });
  });

  test('that fills a column is taken from who knows it', () => {
    for (const fill of [{ default: 'now()' }, { identity: 'always' as const }, { generated: '(a + 1)' }]) {
      const plain = declare([table(), column('c', 'text')]);
      const filled = declare([table(), column('c', 'text', fill)]);
      for (const { declaration, disputes } of [merge(plain, filled), merge(filled, plain)]) {
        expect(find(declaration, 'column public.t.c')).toMatchObject(fill);
        expect(disputes).toEqual([]);
      }
    }
    const serial = declare([table(), column('c', 'serial', { nullable: false })]);
    const plain = declare([table(), column('c', 'integer', { nullable: false })]);
    expect(find(merge(plain, serial).declaration, 'column public.t.c')).toMatchObject({ type: 'serial' });
  });

  test('that says how a column is filled is not mixed from two', () => {
    const one = declare([table(), column('c', 'integer', { default: "nextval('s'::regclass)" })]);
    const other = declare([table(), column('c', 'integer', { identity: 'always' })]);
    expect(find(merge(one, other).declaration, 'column public.t.c')).toMatchObject({
      default: "nextval('s'::regclass)",
      identity: null,
    });
  });
});

describe('silence', () => {
  const drizzle = declare([
    ...inTable('shared', [column('a', 'text')]),
    ...inTable('own', [column('b', 'text'), uniqueKey(['b'])]),
    enumeration('mood', ['ok']),
  ]);
  const kysely = declare(
    [
      ...inTable('shared', [column('a', 'unknown'), column('more', 'unknown')]),
      ...inTable('typed', [column('c', 'unknown')]),
    ],
    { silence: typesOnly },
  );

  test.each([
    ['the silent one first', [kysely, drizzle] as const],
    ['the silent one last', [drizzle, kysely] as const],
  ])('is narrowed to what its source alone declares: %s', (_, [one, other]) => {
    const { declaration } = merge(one, other);
    const live = makeCatalog([
      ...inTable('shared', [column('a', 'bigint'), column('more', 'bigint'), uniqueKey(['a'])]),
      ...inTable('own', [column('b', 'bigint')]),
      ...inTable('typed', [column('c', 'bigint'), uniqueKey(['c']), index('i', [key('c')])]),
      enumeration('used_by_typed', ['a']),
    ]);
    const told = compare(declaration.catalog, live, { silence: declaration.silence }).map(
      (each) =>
        `${each.kind} ${renderAddressKey(each.address)}${each.kind === 'unequal' ? ` ${each.aspect}` : ''}`,
    );
    expect(told).toEqual([
      'unequal column public.own.b type',
      'unequal column public.shared.a type',
      'missing enum public.mood',
      'missing unique key public.own.t_b_key',
      'unexpected unique key public.shared.t_a_key',
    ]);
  });

  test('that both have stays as it is', () => {
    const quiet = { silence: silent('index', 'include') };
    const { declaration } = merge(declare([table()], quiet), declare([table('u')], quiet));
    expect(declaration.silence).toEqual(quiet.silence);
  });

  test('is the same whether two or three are merged, and in whatever order', () => {
    const third = declare([table('extra'), table('typed')], { silence: silent('column', 'type') });
    const told = (declarations: readonly Declaration[]) => {
      const tellings = declarations.map((declaration, at) => ({ source: `${at}`, declaration }));
      const { declaration } = mergeDeclarations(tellings as never);
      const silences = makeSilences(declaration.silence);
      return declaration.catalog.objects.flatMap((object) =>
        ['type', 'existence']
          .filter((aspect) => silences.covers([addressOf(object)], aspect))
          .map((aspect) => `${renderAddressKey(addressOf(object))} ${aspect}`),
      );
    };
    const expected = ['column public.shared.more type', 'column public.typed.c type'];
    for (const order of [
      [drizzle, kysely, third],
      [third, kysely, drizzle],
      [kysely, third, drizzle],
    ])
      expect(told(order)).toEqual(expected);
  });
});

test('combineSources keeps what each source said, and one source is itself', async () => {
  const source = (name: string, declaration: Declaration) => ({ name, declare: async () => declaration });
  const one = source('drizzle', declare([table('a')]));
  expect(combineSources([one])).toBe(one);
  const both = combineSources([one, source('sql', declare([table('b')], { printed: 18 }))]);
  expect(both.name).toBe('drizzle and sql');
  const declaration = await both.declare({ origins: true });
  expect(keysOf(declaration)).toEqual(['table public.a', 'table public.b']);
  expect(declaration.printed).toBeUndefined();
  expect(declaration.parts?.map((part) => part.source)).toEqual(['drizzle', 'sql']);
});
