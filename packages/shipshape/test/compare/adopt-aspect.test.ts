// adoptAspect: every aspect of every kind is carried by the properties that it is read from.
import { expect, test } from 'vitest';
import { type CatalogObject, kinds } from '../../src/catalog/index.ts';
import { adoptAspect } from '../../src/compare/adopt-aspect.ts';
import { aspectsOf } from '../../src/compare/aspects.ts';
import { column, enumeration, foreignKey, index, key, primaryKey, table, uniqueKey } from './build.ts';

const part = { schema: 'public', table: 't', name: 'x' } as const;
const top = { schema: 'public', name: 'x' } as const;
const on = { kind: 'table', schema: 'public', name: 't' } as const;
const check = (validated: boolean) => ({ name: 'c', expression: `${validated}`, validated });

/** Of each kind things that differ in every aspect, told only after another one included. */
const examples: readonly (readonly [CatalogObject, CatalogObject])[] = [
  [
    { kind: 'extension', name: 'x', schema: 'a', version: '1' },
    { kind: 'extension', name: 'x', schema: 'b', version: '2' },
  ],
  [
    table(),
    {
      ...table(),
      partitionBy: 'LIST (a)',
      partitionOf: { schema: 'a', name: 'b', bound: 'DEFAULT' },
      inherits: [{ schema: 'a', name: 'c' }],
      rowSecurity: 'forced',
      unlogged: true,
      foreignServer: 's',
    },
  ],
  [
    column('x', 'text', { default: 'a' }),
    column('x', 'bigint', { nullable: false, default: 'b', collation: 'c', sequence: { cache: '2' } }),
  ],
  [
    column('x', 'integer', { default: "nextval('s'::regclass)" }),
    column('x', 'integer', { identity: 'always' }),
  ],
  [column('x', 'text', { generated: '1' }), column('x', 'text', { generated: '2', virtual: true })],
  [
    primaryKey(['a']),
    primaryKey(['b'], { include: ['c'], deferrability: 'deferrable', withoutOverlaps: true }),
  ],
  [
    uniqueKey(['a']),
    uniqueKey(['b'], {
      nullsDistinct: false,
      include: ['c'],
      deferrability: 'deferrable',
      withoutOverlaps: true,
    }),
  ],
  [
    foreignKey(['a'], 'u'),
    foreignKey(['b'], 'v', {
      onDelete: 'set null',
      onDeleteColumns: ['b'],
      onUpdate: 'cascade',
      match: 'full',
      period: true,
      deferrability: 'deferrable',
      enforced: false,
      validated: false,
    }),
  ],
  [
    { kind: 'check', ...part, expression: 'a', validated: true },
    { kind: 'check', ...part, expression: 'b', validated: false, noInherit: true, enforced: false },
  ],
  [
    {
      kind: 'exclusion constraint',
      ...part,
      method: 'gist',
      elements: [{ key: key('a'), operator: '&&' }],
      predicate: null,
      deferrability: 'not deferrable',
    },
    {
      kind: 'exclusion constraint',
      ...part,
      method: 'spgist',
      elements: [{ key: key('b'), operator: '=' }],
      include: ['c'],
      predicate: 'p',
      deferrability: 'deferrable',
    },
  ],
  [
    index('x', [key('a')]),
    index('x', [key('b')], {
      unique: true,
      method: 'hash',
      include: ['c'],
      predicate: 'p',
      nullsDistinct: false,
      valid: false,
    }),
  ],
  [
    { kind: 'trigger', ...part, definition: 'a', enabled: 'origin' },
    { kind: 'trigger', ...part, definition: 'b', enabled: 'always' },
  ],
  [
    { kind: 'policy', ...part, command: 'all', permissive: true, roles: ['a'], using: null, withCheck: null },
    {
      kind: 'policy',
      ...part,
      command: 'select',
      permissive: false,
      roles: ['b'],
      using: 'u',
      withCheck: 'w',
    },
  ],
  [
    { kind: 'view', ...top, columns: [], definition: 'a' },
    { kind: 'view', ...top, columns: [{ name: 'c', type: 't' }], definition: 'b', options: ['o'] },
  ],
  [
    { kind: 'materialized view', ...top, columns: [], definition: 'a', populated: true },
    {
      kind: 'materialized view',
      ...top,
      columns: [{ name: 'c', type: 't' }],
      definition: 'b',
      populated: false,
    },
  ],
  [
    { kind: 'sequence', ...top, options: {} },
    {
      kind: 'sequence',
      ...top,
      options: { cache: '2' },
      ownedBy: { schema: 'public', table: 't', column: 'c' },
    },
  ],
  [enumeration('x', ['a', 'b']), enumeration('x', ['c'])],
  [
    { kind: 'domain', ...top, type: 'a', nullable: true, default: null, checks: [check(true)] },
    {
      kind: 'domain',
      ...top,
      type: 'b',
      nullable: false,
      default: 'd',
      collation: 'c',
      checks: [check(false)],
    },
  ],
  [
    { kind: 'composite type', ...top, attributes: [] },
    { kind: 'composite type', ...top, attributes: [{ name: 'a', type: 't' }] },
  ],
  [
    { kind: 'range type', ...top, subtype: 'a', multirange: 'a' },
    {
      kind: 'range type',
      ...top,
      subtype: 'b',
      opclass: 'o',
      collation: 'c',
      canonical: 'f',
      subtypeDiff: 'd',
      multirange: 'b',
    },
  ],
  [
    { kind: 'collation', ...top, provider: 'icu', locale: 'a', deterministic: true },
    { kind: 'collation', ...top, provider: 'libc', locale: 'b', deterministic: false, rules: 'r' },
  ],
  [
    { kind: 'routine', ...top, arguments: '', form: 'function', returns: 'a', definition: 'a' },
    { kind: 'routine', ...top, arguments: '', form: 'procedure', returns: null, definition: 'b' },
  ],
  [
    { kind: 'comment', on, text: 'a' },
    { kind: 'comment', on, text: 'b' },
  ],
  [
    { kind: 'owner', on, role: 'a' },
    { kind: 'owner', on, role: 'b' },
  ],
  [
    { kind: 'privilege', on, grantee: 'g', rights: ['a'] },
    { kind: 'privilege', on, grantee: 'g', rights: ['b'] },
  ],
];

const aspects = kinds.flatMap((kind) => aspectsOf(kind).map(({ name }) => [kind, name] as const));

test.each(aspects)('%s: %s', (kind, name) => {
  const read = aspectsOf(kind).find((each) => each.name === name)?.read ?? (() => null);
  const differing = examples.filter(([one, other]) => one.kind === kind && read(one) !== read(other));
  expect(differing.length).toBeGreaterThan(0);
  for (const [one, other] of differing) {
    expect(read(adoptAspect(one, other, name))).toBe(read(other));
    expect(read(adoptAspect(other, one, name))).toBe(read(one));
  }
});
