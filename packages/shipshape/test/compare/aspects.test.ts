// Every aspect of every kind: changed by itself, it is told as one difference, in these words.
import { expect, test } from 'vitest';
import { type CatalogObject, kinds, type Table } from '../../src/catalog/index.ts';
import { aspectsOf } from '../../src/compare/aspects.ts';
import { compare } from '../../src/compare/compare.ts';
import {
  check,
  column,
  enumeration,
  foreignKey,
  index,
  key,
  primaryKey,
  table,
  tableOf,
  uniqueKey,
} from './build.ts';
import {
  collation,
  comment,
  composite,
  domain,
  exclusion,
  extension,
  materializedView,
  owner,
  policy,
  privilege,
  range,
  routine,
  sequence,
  trigger,
  view,
} from './build-more.ts';
import { told } from './told.ts';

const other = (over: Partial<Table> = {}): Table => ({ ...table('u'), ...over });
const domainCheck = (name: string, expression: string) => ({ name, expression, validated: true });

const changes: readonly [string, CatalogObject, CatalogObject, string][] = [
  ['type', column('a', 'integer'), column('a', 'bigint'), 'column public.t.a type: integer / bigint'],
  [
    'nullability',
    column('a', 'text'),
    column('a', 'text', { nullable: false }),
    'column public.t.a nullability: null / not null',
  ],
  [
    'default',
    column('a', 'integer'),
    column('a', 'integer', { default: '0' }),
    'column public.t.a default: null / 0',
  ],
  [
    'lost sequence',
    column('a', 'integer', { default: "nextval('public.t_a_seq'::regclass)" }),
    column('a', 'integer'),
    'column public.t.a default: next value of a sequence / null',
  ],
  [
    'lost identity',
    column('a', 'integer', { nullable: false, identity: 'always' }),
    column('a', 'integer', { nullable: false }),
    'column public.t.a default: next value of a sequence / null',
  ],
  [
    'kind of identity',
    column('a', 'integer', { nullable: false, identity: 'always' }),
    column('a', 'integer', { nullable: false, identity: 'by default' }),
    'column public.t.a identity: always / by default',
  ],
  [
    'generated',
    column('a', 'text', { generated: 'lower(b)' }),
    column('a', 'text', { generated: 'upper(b)' }),
    'column public.t.a generated: lower(b) / upper(b)',
  ],
  [
    'generation',
    column('a', 'text', { generated: 'lower(b)' }),
    column('a', 'text', { generated: 'lower(b)', virtual: true }),
    'column public.t.a generation: stored / virtual',
  ],
  [
    'collation',
    column('a', 'text'),
    column('a', 'text', { collation: 'public.german' }),
    'column public.t.a collation: null / public.german',
  ],
  [
    'options of the sequence of a column',
    column('a', 'integer', { identity: 'always', sequence: { increment: '2', cycle: true } }),
    column('a', 'integer', { identity: 'always' }),
    'column public.t.a sequence: cycle true, increment 2 / null',
  ],
  [
    'include of a primary key',
    primaryKey(['a']),
    primaryKey(['a'], { include: ['b'] }),
    'primary key public.t.t_pkey include: null / b',
  ],
  [
    'deferrability of a primary key',
    primaryKey(['a']),
    primaryKey(['a'], { deferrability: 'deferrable' }),
    'primary key public.t.t_pkey deferrability: not deferrable / deferrable',
  ],
  [
    'overlaps of a primary key',
    primaryKey(['a', 'b'], { withoutOverlaps: true }),
    primaryKey(['a', 'b']),
    'primary key public.t.t_pkey overlaps: without overlaps / null',
  ],
  [
    'include of a unique key',
    uniqueKey(['a'], { include: ['b', 'c'] }),
    uniqueKey(['a']),
    'unique key public.t.t_a_key include: b, c / null',
  ],
  [
    'overlaps of a unique key',
    uniqueKey(['a']),
    uniqueKey(['a'], { withoutOverlaps: true }),
    'unique key public.t.t_a_key overlaps: null / without overlaps',
  ],
  [
    'columns that on delete sets',
    foreignKey(['a'], 'u', { onDelete: 'set null' }),
    foreignKey(['a'], 'u', { onDelete: 'set null', onDeleteColumns: ['a'] }),
    'foreign key public.t.t_a_fkey on delete columns: null / a',
  ],
  [
    'match',
    foreignKey(['a'], 'u'),
    foreignKey(['a'], 'u', { match: 'full' }),
    'foreign key public.t.t_a_fkey match: null / full',
  ],
  [
    'period',
    foreignKey(['a'], 'u', { period: true }),
    foreignKey(['a'], 'u'),
    'foreign key public.t.t_a_fkey period: period / null',
  ],
  [
    'enforcement of a foreign key, whatever its validity',
    foreignKey(['a'], 'u'),
    foreignKey(['a'], 'u', { enforced: false, validated: false }),
    'foreign key public.t.t_a_fkey enforcement: null / not enforced',
  ],
  [
    'inheritance of a check',
    check('c', '(a > 0)'),
    check('c', '(a > 0)', { noInherit: true }),
    'check public.t.c inheritance: null / no inherit',
  ],
  [
    'enforcement of a check',
    check('c', '(a > 0)', { enforced: false }),
    check('c', '(a > 0)'),
    'check public.t.c enforcement: not enforced / null',
  ],
  [
    'columns of a primary key',
    primaryKey(['a']),
    primaryKey(['a', 'b']),
    'primary key public.t.t_pkey columns: a / a, b',
  ],
  [
    'column order of a primary key',
    primaryKey(['a', 'b']),
    primaryKey(['b', 'a']),
    'primary key public.t.t_pkey column order: a, b / b, a',
  ],
  [
    'nulls of a unique key',
    uniqueKey(['a']),
    uniqueKey(['a'], { nullsDistinct: false }),
    'unique key public.t.t_a_key nulls distinct: nulls distinct / nulls not distinct',
  ],
  [
    'deferrability',
    uniqueKey(['a']),
    uniqueKey(['a'], { deferrability: 'deferrable' }),
    'unique key public.t.t_a_key deferrability: not deferrable / deferrable',
  ],
  [
    'deferrability of a foreign key',
    foreignKey(['a'], 'u'),
    foreignKey(['a'], 'u', { deferrability: 'initially deferred' }),
    'foreign key public.t.t_a_fkey deferrability: not deferrable / initially deferred',
  ],
  [
    'on delete',
    foreignKey(['a'], 'u'),
    foreignKey(['a'], 'u', { onDelete: 'cascade' }),
    'foreign key public.t.t_a_fkey on delete: no action / cascade',
  ],
  [
    'on update',
    foreignKey(['a'], 'u'),
    foreignKey(['a'], 'u', { onUpdate: 'set null' }),
    'foreign key public.t.t_a_fkey on update: no action / set null',
  ],
  [
    'references',
    foreignKey(['a'], 'u'),
    foreignKey(['a'], 'v'),
    'foreign key public.t.t_a_fkey references: a to public.u.id / a to public.v.id',
  ],
  [
    'validity of a foreign key',
    foreignKey(['a'], 'u'),
    foreignKey(['a'], 'u', { validated: false }),
    'foreign key public.t.t_a_fkey validity: valid / not valid',
  ],
  [
    'expression of a check',
    check('c', '(a > 0)'),
    check('c', '(a > 1)'),
    'check public.t.c expression: (a > 0) / (a > 1)',
  ],
  [
    'validity of a check',
    check('c', '(a > 0)'),
    check('c', '(a > 0)', { validated: false }),
    'check public.t.c validity: valid / not valid',
  ],
  [
    'order of an index',
    index('i', ['a']),
    index('i', [key('a', { descending: true })]),
    'index public.t.i keys: a / a desc',
  ],
  [
    'nulls of an index',
    index('i', ['a']),
    index('i', [key('a', { nulls: 'first' })]),
    'index public.t.i keys: a / a nulls first',
  ],
  [
    'operator class',
    index('i', ['a']),
    index('i', [key('a', { opclass: 'text_pattern_ops' })]),
    'index public.t.i keys: a / a text_pattern_ops',
  ],
  [
    'uniqueness of an index',
    index('i', ['lower(a)']),
    index('i', ['lower(a)'], { unique: true }),
    'index public.t.i unique: not unique / unique',
  ],
  ['method', index('i', ['a']), index('i', ['a'], { method: 'gin' }), 'index public.t.i method: btree / gin'],
  ['include', index('i', ['a']), index('i', ['a'], { include: ['b'] }), 'index public.t.i include: null / b'],
  [
    'predicate',
    index('i', ['a']),
    index('i', ['a'], { predicate: '(b IS NULL)' }),
    'index public.t.i predicate: null / (b IS NULL)',
  ],
  [
    'validity of an index',
    index('i', ['a']),
    index('i', ['a'], { valid: false }),
    'index public.t.i validity: valid / not valid',
  ],
  [
    'labels',
    enumeration('e', ['a', 'b']),
    enumeration('e', ['c', 'b', 'a']),
    "enum public.e labels: 'a', 'b' / 'a', 'b', 'c'",
  ],
  [
    'label order',
    enumeration('e', ['a', "b'c"]),
    enumeration('e', ["b'c", 'a']),
    "enum public.e label order: 'a', 'b''c' / 'b''c', 'a'",
  ],
  [
    'columns of a unique key',
    uniqueKey(['a', 'b'], { name: 'u' }),
    uniqueKey(['a'], { name: 'u' }),
    'unique key public.t.u columns: a, b / a',
  ],
  [
    'column order of a unique key',
    uniqueKey(['a', 'b']),
    uniqueKey(['b', 'a']),
    'unique key public.t.t_a_b_key column order: a, b / b, a',
  ],
  [
    'nulls of a unique index',
    index('i', ['lower(a)'], { unique: true }),
    index('i', ['lower(a)'], { unique: true, nullsDistinct: false }),
    'index public.t.i nulls distinct: nulls distinct / nulls not distinct',
  ],
  [
    'collation of an index',
    index('i', ['a']),
    index('i', [key('a', { collation: '"C"' })]),
    'index public.t.i keys: a / a collate "C"',
  ],
  [
    'elements',
    exclusion(),
    exclusion({ elements: [{ key: key('a'), operator: '-|-' }] }),
    'exclusion constraint public.t.x elements: a with && / a with -|-',
  ],
  [
    'method of an exclusion constraint',
    exclusion(),
    exclusion({ method: 'spgist' }),
    'exclusion constraint public.t.x method: gist / spgist',
  ],
  [
    'include of an exclusion constraint',
    exclusion(),
    exclusion({ include: ['b'] }),
    'exclusion constraint public.t.x include: null / b',
  ],
  [
    'predicate of an exclusion constraint',
    exclusion(),
    exclusion({ predicate: '(b > 0)' }),
    'exclusion constraint public.t.x predicate: null / (b > 0)',
  ],
  [
    'deferrability of an exclusion constraint',
    exclusion(),
    exclusion({ deferrability: 'deferrable' }),
    'exclusion constraint public.t.x deferrability: not deferrable / deferrable',
  ],
  [
    'schema of an extension',
    extension(),
    extension({ schema: 'tools' }),
    'extension citext schema: public / tools',
  ],
  [
    'version of an extension',
    extension(),
    extension({ version: '1.5' }),
    'extension citext version: 1.6 / 1.5',
  ],
  [
    'partition key',
    other(),
    other({ partitionBy: 'RANGE (at)' }),
    'table public.u partition key: null / RANGE (at)',
  ],
  [
    'whose partition',
    other({ partitionOf: { schema: 'public', name: 't', bound: 'DEFAULT' } }),
    other({ partitionOf: { schema: 'public', name: 't', bound: "FOR VALUES IN ('a')" } }),
    "table public.u partition of: public.t DEFAULT / public.t FOR VALUES IN ('a')",
  ],
  [
    'inheritance',
    other({ inherits: [{ schema: 'public', name: 't' }] }),
    other({
      inherits: [
        { schema: 'public', name: 'T' },
        { schema: 'public', name: 't' },
      ],
    }),
    'table public.u inherits: public.t / public."T", public.t',
  ],
  [
    'row security',
    other({ rowSecurity: 'enabled' }),
    other({ rowSecurity: 'forced' }),
    'table public.u row security: enabled / forced',
  ],
  ['persistence', other(), other({ unlogged: true }), 'table public.u persistence: null / unlogged'],
  ['foreign server', other(), other({ foreignServer: 'far' }), 'table public.u foreign server: null / far'],
  [
    'columns of a view',
    view(),
    view({ columns: [{ name: 'a', type: 'bigint' }], definition: 'SELECT t.a::bigint FROM public.t' }),
    'view public.v columns: a integer / a bigint',
  ],
  [
    'definition of a view',
    view(),
    view({ definition: 'SELECT 1 AS a' }),
    'view public.v definition: SELECT t.a FROM public.t / SELECT 1 AS a',
  ],
  [
    'options of a view',
    view(),
    view({ options: ['security_barrier=true'] }),
    'view public.v options: null / security_barrier=true',
  ],
  [
    'columns of a materialized view',
    materializedView(),
    materializedView({ columns: [{ name: 'b', type: 'integer' }] }),
    'materialized view public.m columns: a integer / b integer',
  ],
  [
    'definition of a materialized view',
    materializedView(),
    materializedView({ definition: 'SELECT 1 AS a' }),
    'materialized view public.m definition: SELECT t.a FROM public.t / SELECT 1 AS a',
  ],
  [
    'population',
    materializedView(),
    materializedView({ populated: false }),
    'materialized view public.m populated: populated / not populated',
  ],
  [
    'options of a sequence',
    sequence(),
    sequence({ options: { type: 'integer', cycle: true } }),
    'sequence public.s options: null / cycle true, type integer',
  ],
  [
    'owner of a sequence',
    sequence(),
    sequence({ ownedBy: { schema: 'public', table: 't', column: 'user name' } }),
    'sequence public.s owned by: null / public.t."user name"',
  ],
  ['type of a domain', domain(), domain({ type: 'bigint' }), 'domain public.d type: integer / bigint'],
  [
    'type of a domain, whatever its collation',
    domain(),
    domain({ type: 'text', collation: '"C"' }),
    'domain public.d type: integer / text',
  ],
  [
    'nullability of a domain',
    domain(),
    domain({ nullable: false }),
    'domain public.d nullability: null / not null',
  ],
  ['default of a domain', domain(), domain({ default: '1' }), 'domain public.d default: null / 1'],
  ['collation of a domain', domain(), domain({ collation: '"C"' }), 'domain public.d collation: null / "C"'],
  [
    'checks of a domain, whatever their names',
    domain({ checks: [domainCheck('one', '(VALUE > 0)'), domainCheck('two', '(VALUE < 9)')] }),
    domain({ checks: [domainCheck('three', '(VALUE < 9)')] }),
    'domain public.d checks: (VALUE < 9); (VALUE > 0) / (VALUE < 9)',
  ],
  [
    'validity of the checks of a domain',
    domain({ checks: [domainCheck('one', '(VALUE > 0)')] }),
    domain({ checks: [{ ...domainCheck('one', '(VALUE > 0)'), validated: false }] }),
    'domain public.d validity: valid / not valid: (VALUE > 0)',
  ],
  [
    'attributes',
    composite(),
    composite({
      attributes: [
        { name: 'a', type: 'text', collation: '"C"' },
        { name: 'b c', type: 'date' },
      ],
    }),
    'composite type public.c attributes: a text / a text collate "C", "b c" date',
  ],
  [
    'subtype',
    range(),
    range({ subtype: 'date', collation: '"C"' }),
    'range type public.r subtype: text / date',
  ],
  [
    'operator class of a range',
    range(),
    range({ opclass: 'text_pattern_ops' }),
    'range type public.r operator class: null / text_pattern_ops',
  ],
  ['collation of a range', range(), range({ collation: '"C"' }), 'range type public.r collation: null / "C"'],
  [
    'canonical',
    range(),
    range({ canonical: 'public.whole' }),
    'range type public.r canonical: null / public.whole',
  ],
  [
    'subtype difference',
    range({ subtypeDiff: 'float8mi' }),
    range(),
    'range type public.r subtype difference: float8mi / null',
  ],
  [
    'multirange',
    range(),
    range({ multirange: 'public.rs' }),
    'range type public.r multirange: public.r_multirange / public.rs',
  ],
  ['provider', collation(), collation({ provider: 'libc' }), 'collation public.k provider: icu / libc'],
  ['locale', collation(), collation({ locale: 'en' }), 'collation public.k locale: de / en'],
  [
    'determinism',
    collation(),
    collation({ deterministic: false }),
    'collation public.k determinism: deterministic / not deterministic',
  ],
  ['rules', collation(), collation({ rules: '&V << w' }), 'collation public.k rules: null / &V << w'],
  [
    'form of a routine, whatever it returns',
    routine(),
    routine({ form: 'procedure', returns: null, definition: 'CREATE PROCEDURE …' }),
    'routine public.f(a integer) form: function / procedure',
  ],
  [
    'result of a routine, whatever it does',
    routine(),
    routine({ returns: 'text', definition: 'other' }),
    'routine public.f(a integer) returns: integer / text',
  ],
  [
    'definition of a routine',
    routine({ definition: 'one' }),
    routine({ definition: 'two' }),
    'routine public.f(a integer) definition: one / two',
  ],
  [
    'definition of a trigger',
    trigger({ definition: 'one' }),
    trigger({ definition: 'two' }),
    'trigger public.t.g definition: one / two',
  ],
  [
    'when a trigger fires',
    trigger(),
    trigger({ enabled: 'never' }),
    'trigger public.t.g enabled: origin / never',
  ],
  ['command of a policy', policy(), policy({ command: 'select' }), 'policy public.t.p command: all / select'],
  [
    'permissiveness of a policy',
    policy(),
    policy({ permissive: false }),
    'policy public.t.p permissive: permissive / restrictive',
  ],
  ['roles of a policy', policy(), policy({ roles: ['a', 'b'] }), 'policy public.t.p roles: PUBLIC / a, b'],
  ['using of a policy', policy(), policy({ using: 'true' }), 'policy public.t.p using: null / true'],
  [
    'with check of a policy',
    policy({ withCheck: 'true' }),
    policy(),
    'policy public.t.p with check: true / null',
  ],
  ['text of a comment', comment('one'), comment('two'), 'comment on table public.t text: one / two'],
  ['role of an owner', owner('one'), owner('two'), 'owner of table public.t role: one / two'],
  [
    'rights',
    privilege('one', ['SELECT']),
    privilege('one', ['INSERT (a)', 'SELECT*']),
    'privilege of one on table public.t rights: SELECT / INSERT (a), SELECT*',
  ],
];

test.each(changes)('%s', (_, before, after, line) => {
  expect(told(tableOf(before), tableOf(after))).toEqual([line]);
});

test('every aspect of every kind is in this list', () => {
  const covered = new Set(
    changes.flatMap(([, before, after]) =>
      compare(tableOf(before), tableOf(after)).flatMap((each) =>
        each.kind === 'unequal' ? [`${each.address.kind}: ${each.aspect}`] : [],
      ),
    ),
  );
  const all = kinds.flatMap((kind) => aspectsOf(kind).map(({ name }) => `${kind}: ${name}`));
  expect(all.filter((each) => !covered.has(each))).toEqual([]);
});

test('a schema is or is not', () => {
  expect(aspectsOf('schema')).toEqual([]);
});
