// compare: what is told and what is not, case by case.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  type Catalog,
  type CatalogObject,
  cutIdentifier,
  makeCatalog,
  renderAddressKey,
  type Silence,
} from '../../src/catalog/index.ts';
import { aspectsOf } from '../../src/compare/aspects.ts';
import { compare } from '../../src/compare/compare.ts';
import {
  check,
  column,
  enumeration,
  foreignKey,
  index,
  inTable,
  key,
  primaryKey,
  table,
  tableOf,
  uniqueKey,
} from './build.ts';

/** Each difference as one line. */
function told(left: Catalog, right: Catalog, silence: readonly Silence[] = []): readonly string[] {
  return compare(left, right, { silence }).map((each) => {
    const where = renderAddressKey(each.address);
    if (each.kind === 'unequal') return `${where} ${each.aspect}: ${each.left} / ${each.right}`;
    if (each.kind === 'unexpected') return `${where} unexpected`;
    return `${where} missing${each.renamedTo === undefined ? '' : `, renamed to ${renderAddressKey(each.renamedTo)}`}`;
  });
}

const base: readonly CatalogObject[] = [
  column('id', 'integer', { nullable: false, identity: 'by default' }),
  column('name', 'text', { default: "''::text" }),
  primaryKey(['id']),
];

describe('one aspect changed is one difference', () => {
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
    [
      'method',
      index('i', ['a']),
      index('i', ['a'], { method: 'gin' }),
      'index public.t.i method: btree / gin',
    ],
    [
      'include',
      index('i', ['a']),
      index('i', ['a'], { include: ['b'] }),
      'index public.t.i include: null / b',
    ],
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
  ];
  test.each(changes)('%s', (_, before, after, line) => {
    expect(told(tableOf(before), tableOf(after))).toEqual([line]);
  });

  test('every aspect of the table is in this list', () => {
    const covered = new Set(
      changes.flatMap(([, before, after]) =>
        compare(tableOf(before), tableOf(after)).flatMap((each) =>
          each.kind === 'unequal' ? [`${each.address.kind} ${each.aspect}`] : [],
        ),
      ),
    );
    const kinds = ['enum', 'column', 'primary key', 'unique key', 'foreign key', 'check', 'index'] as const;
    const all = kinds.flatMap((kind) => aspectsOf(kind).map(({ name }) => `${kind} ${name}`));
    // Those told by the list under another kind's name: an index changes as a unique key does.
    const elsewhere = ['unique key columns', 'unique key column order', 'index nulls distinct'];
    expect(all.filter((each) => !covered.has(each))).toEqual(elsewhere);
    expect(
      told(tableOf(uniqueKey(['a', 'b'], { name: 'u' })), tableOf(uniqueKey(['a'], { name: 'u' }))),
    ).toEqual(['unique key public.t.u columns: a, b / a']);
    expect(told(tableOf(uniqueKey(['a', 'b'])), tableOf(uniqueKey(['b', 'a'])))).toEqual([
      'unique key public.t.t_a_b_key column order: a, b / b, a',
    ]);
    const one = index('i', ['lower(a)'], { unique: true });
    expect(told(tableOf(one), tableOf({ ...one, nullsDistinct: false }))).toEqual([
      'index public.t.i nulls distinct: nulls distinct / nulls not distinct',
    ]);
  });
});

describe('existence', () => {
  test('a missing column and an unexpected one are told each', () => {
    const left = tableOf(...base, column('recording_mode', 'text'));
    const right = tableOf(...base, column('stream', 'bytea'));
    expect(told(left, right)).toEqual([
      'column public.t.recording_mode missing',
      'column public.t.stream unexpected',
    ]);
  });

  test('what is in a missing table, and what is in a missing schema, is not told again', () => {
    const app = { kind: 'schema', schema: 'app' } as const;
    const rows = inTable('u', [column('id', 'integer'), primaryKey(['id']), index('i', ['id'])], 'app');
    expect(told(makeCatalog(rows), makeCatalog([]))).toEqual(['table app.u missing']);
    expect(told(makeCatalog([]), makeCatalog([app, ...rows]))).toEqual(['schema app unexpected']);
  });

  test('a missing table is told where only the other side lists its schema', () => {
    const left = makeCatalog([table('u', 'app')]);
    const right = makeCatalog([{ kind: 'schema', schema: 'app' }]);
    expect(told(left, right)).toEqual(['schema app unexpected', 'table app.u missing']);
  });

  test('traps, findings 4: tables that differ only by case are two tables, and one may be the other', () => {
    expect(told(makeCatalog([table('apiKey')]), makeCatalog([table('apikey')]))).toEqual([
      'table public."apiKey" missing, renamed to table public.apikey',
      'table public.apikey unexpected',
    ]);
  });
});

describe('names are a matter of taste', () => {
  const long = 'business_settings_default_recording_retention_days_business_number_id_fk';

  test('traps, false alarms 1: a name that PostgreSQL cut at 63 bytes is the same name', () => {
    expect(long.length).toBeGreaterThan(63);
    const left = tableOf(foreignKey(['a'], 'u', { name: long, onDelete: 'cascade' }), check(long, '(a > 0)'));
    const right = tableOf(
      foreignKey(['a'], 'u', { name: cutIdentifier(long), onDelete: 'cascade' }),
      check(cutIdentifier(long), '(a > 0)'),
    );
    expect(told(left, right)).toEqual([]);
    const columns = [long, `${long}_2`].map((name) => column(name, 'text')).slice(0, 1);
    expect(told(tableOf(...columns), tableOf(column(cutIdentifier(long), 'text')))).toEqual([]);
    const keyed = tableOf(index('i', [long]), uniqueKey([long]));
    expect(told(keyed, tableOf(index('i', [cutIdentifier(long)]), uniqueKey([cutIdentifier(long)])))).toEqual(
      [],
    );
  });

  test('traps, false alarms 1: keys, checks, foreign keys and indexes are the same by structure', () => {
    const parts = (suffix: string) => [
      ...base,
      primaryKey(['id'], { name: `pk_${suffix}` }),
      uniqueKey(['name'], { name: `uq_${suffix}` }),
      foreignKey(['name'], 'u', { name: `fk_${suffix}` }),
      check(`ck_${suffix}`, '(id > 0)'),
      index(`ix_${suffix}`, ['lower(name)'], { predicate: '(name IS NOT NULL)' }),
    ];
    const without = (all: readonly CatalogObject[]) =>
      all.filter((each) => !('name' in each && each.name === 't_pkey'));
    expect(told(tableOf(...without(parts('a'))), tableOf(...without(parts('b'))))).toEqual([]);
  });

  test('two keys that swapped their names are the same two keys', () => {
    const left = tableOf(uniqueKey(['a'], { name: 'one' }), uniqueKey(['b'], { name: 'two' }));
    const right = tableOf(uniqueKey(['a'], { name: 'two' }), uniqueKey(['b'], { name: 'one' }));
    expect(told(left, right)).toEqual([]);
  });

  test('a foreign key under another name with another action is one foreign key, changed', () => {
    const [difference, ...more] = compare(
      tableOf(foreignKey(['a'], 'u', { name: 'here' })),
      tableOf(foreignKey(['a'], 'u', { name: 'there', onDelete: 'restrict' })),
    );
    expect(more).toEqual([]);
    expect(difference).toEqual({
      kind: 'unequal',
      address: { kind: 'foreign key', schema: 'public', table: 't', name: 'here' },
      rightAddress: { kind: 'foreign key', schema: 'public', table: 't', name: 'there' },
      aspect: 'on delete',
      left: 'no action',
      right: 'restrict',
    });
  });

  test('of two equal indexes one may be missing', () => {
    const left = tableOf(index('one', ['a']), index('two', ['a']));
    expect(told(left, tableOf(index('two', ['a'])))).toEqual(['index public.t.one missing']);
    expect(told(left, tableOf(index('three', ['a'])))).toEqual(['index public.t.two missing']);
  });

  test('equal indexes of two tables are two indexes', () => {
    const both = [table(), table('u')];
    const left = makeCatalog([...both, index('i', ['a'])]);
    const right = makeCatalog([...both, { ...index('i', ['a']), table: 'u' }]);
    expect(told(left, right)).toEqual(['index public.t.i missing', 'index public.u.i unexpected']);
  });
});

describe('traps, false alarms 4: the same in other words', () => {
  test('a UNIQUE constraint told as unique index', () => {
    const told1 = told(
      tableOf(uniqueKey(['a', 'b'], { name: 'x' })),
      tableOf(index('y', ['a', 'b'], { unique: true })),
    );
    expect(told1).toEqual([]);
  });

  test.each([
    ['is partial', { predicate: '(a > 0)' }],
    ['carries columns', { include: ['b'] }],
    ['is not valid', { valid: false }],
    ['takes nulls as equal', { nullsDistinct: false }],
    ['is on an expression', { keys: [key('lower(a)')] }],
    ['is descending', { keys: [key('a', { descending: true })] }],
    ['has an operator class', { keys: [key('a', { opclass: 'text_pattern_ops' })] }],
    ['is not unique', { unique: false }],
  ] as const)('but not one that %s', (_, over) => {
    const right = tableOf(index('t_a_key', ['a'], { unique: true, ...over }));
    expect(told(tableOf(uniqueKey(['a'])), right)).toEqual([
      'index public.t.t_a_key unexpected',
      'unique key public.t.t_a_key missing',
    ]);
  });

  test('a UNIQUE constraint with NULLS NOT DISTINCT told as unique index by a source without a word for it', () => {
    const silence = [{ address: 'index', aspect: 'nulls distinct', because: 'no word for it' }];
    const left = tableOf(index('i', ['a'], { unique: true }));
    const right = tableOf(uniqueKey(['a'], { nullsDistinct: false }));
    expect(told(left, right, silence)).toEqual([]);
    expect(told(left, right)).not.toEqual([]);
  });

  test('a serial column beside an identity column: only how its values may be written differs', () => {
    const serial = column('id', 'bigint', {
      nullable: false,
      default: "nextval('public.calls_id_seq'::regclass)",
    });
    const identity = column('id', 'bigint', { nullable: false, identity: 'by default' });
    expect(told(tableOf(serial), tableOf(identity))).toEqual([
      'column public.t.id identity: null / by default',
    ]);
  });

  test('traps, false alarms 3: a sequence that kept the name of the old table', () => {
    const of = (sequence: string) =>
      tableOf(column('id', 'integer', { default: `nextval('public.${sequence}'::regclass)` }));
    expect(told(of('people_id_seq'), of('users_id_seq'))).toEqual([]);
    const left = tableOf(column('id', 'integer', { default: "('nextval('::text || x)" }));
    expect(told(left, of('users_id_seq'))).toHaveLength(1);
  });
});

describe('silence', () => {
  const left = tableOf(column('a', 'text', { default: "'x'::text" }), index('i', ['a']));
  const right = tableOf(column('a', 'integer'), column('b', 'text'));

  test('nothing is silent by itself', () => {
    expect(told(left, right)).toEqual([
      'column public.t.a type: text / integer',
      "column public.t.a default: 'x'::text / null",
      'column public.t.b unexpected',
      'index public.t.i missing',
    ]);
  });

  test.each([
    ['an aspect of a kind', 'column', 'default', 1],
    ['an aspect at an address', 'column public.t.a', 'type', 0],
    ['the existence of a kind', 'index', 'existence', 3],
    ['the existence of an address', 'column public.t.b', 'existence', 2],
    ['what is there beyond what can be said', 'column', 'unexpected', 2],
  ])('%s', (_, address, aspect, at) => {
    const before = told(left, right);
    const after = told(left, right, [{ address, aspect, because: 'the source has no word for it' }]);
    expect(after).toEqual(before.filter((_line, each) => each !== at));
  });

  test('of the other side’s name for the same thing', () => {
    const one = tableOf(foreignKey(['a'], 'u', { name: 'here' }));
    const other = tableOf(foreignKey(['a'], 'u', { name: 'there', onDelete: 'cascade' }));
    const silence = [{ address: 'foreign key public.t.there', aspect: 'on delete', because: 'said there' }];
    expect(told(one, other, silence)).toEqual([]);
  });

  test('what is beyond what can be said hides nothing that is missing', () => {
    const silence = [{ address: 'index', aspect: 'unexpected', because: 'some of them only' }];
    expect(told(left, right, silence)).toEqual(told(left, right));
  });

  test('a table of which nothing is said hides what is in it', () => {
    const silence = [{ address: 'table public.t', aspect: 'existence', because: 'a view in the models' }];
    expect(told(tableOf(column('a', 'text')), makeCatalog([]), silence)).toEqual([]);
  });
});

describe('renames', () => {
  test.each([
    ['camel case for snake case', 'recordingMode', 'recording_mode'],
    ['a slip of the pen', 'recording_mode', 'recordng_mode'],
  ])('%s', (_, declared, found) => {
    const over = { default: "'off'::text" };
    const [line] = told(tableOf(column(declared, 'text', over)), tableOf(column(found, 'text', over)));
    expect(line).toMatch(/missing, renamed to column public\.t\./);
  });

  test.each([
    ['another letter and type', column('colour', 'text'), [column('color', 'integer')]],
    ['another name', column('webhook_retry_count', 'text'), [column('webhook_11205_count', 'text')]],
    ['two candidates', column('modes', 'text'), [column('mode', 'text'), column('models', 'text')]],
    ['short names', column('to', 'text'), [column('no', 'text')]],
  ] as const)('none for %s', (_, declared, found) => {
    expect(told(tableOf(declared), tableOf(...found)).filter((line) => line.includes('renamed'))).toEqual([]);
  });

  test('case and underscores alone are one name, whatever else differs', () => {
    const left = tableOf(column('recordingMode', 'text'));
    const right = tableOf(column('recording_mode', 'integer', { nullable: false }));
    expect(told(left, right)).toContain(
      'column public.t."recordingMode" missing, renamed to column public.t.recording_mode',
    );
  });

  test('none into another table', () => {
    const both = [table(), table('u')];
    const left = makeCatalog([...both, column('recordingMode', 'text')]);
    const right = makeCatalog([...both, { ...column('recording_mode', 'text'), table: 'u' }]);
    expect(told(left, right).filter((line) => line.includes('renamed'))).toEqual([]);
  });
});

test('the walk names no kind of object: what there is to know of one is in the table of aspects', async () => {
  const kinds = /'(schema|table|enum|column|primary key|unique key|foreign key|check|index)'/g;
  for (const file of ['compare.ts', 'pair.ts', 'renames.ts', 'silence.ts']) {
    const text = await readFile(new URL(`../../src/compare/${file}`, import.meta.url), 'utf8');
    expect(text.match(kinds) ?? [], file).toEqual([]);
  }
});
