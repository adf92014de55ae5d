// compare: what is told and what is not, case by case.
import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import {
  addressOf,
  type CatalogObject,
  cutIdentifier,
  makeCatalog,
  type ThingAddress,
} from '../../src/catalog/index.ts';
import { compare } from '../../src/compare/compare.ts';
import {
  check,
  column,
  foreignKey,
  index,
  inTable,
  key,
  primaryKey,
  table,
  tableOf,
  uniqueKey,
} from './build.ts';
import { comment, view } from './build-more.ts';
import { told } from './told.ts';

const base: readonly CatalogObject[] = [
  column('id', 'integer', { nullable: false, identity: 'by default' }),
  column('name', 'text', { default: "''::text" }),
  primaryKey(['id']),
];

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

describe('what is remarked on a thing', () => {
  const on = (thing: CatalogObject) => addressOf(thing) as ThingAddress;
  const [one, two] = [index('one', ['a']), index('two', ['a'])];

  test('follows it to its other name, and from a UNIQUE constraint to a unique index', () => {
    const [here, there] = [check('here', '(a > 0)'), check('there', '(a > 0)')];
    const [key, unique] = [uniqueKey(['a']), index('u', ['a'], { unique: true })];
    const left = tableOf(here, key, comment('positive', on(here)), comment('once', on(key)));
    const right = tableOf(there, unique, comment('positive', on(there)), comment('twice', on(unique)));
    expect(told(left, right)).toEqual(['comment on unique key public.t.t_a_key text: once / twice']);
  });

  test('tells things apart that nothing else tells apart', () => {
    const left = tableOf(one, two, comment('fast', on(one)), comment('slow', on(two)));
    const swapped = tableOf(one, two, comment('slow', on(one)), comment('fast', on(two)));
    const renamed = [index('three', ['a']), index('four', ['a'])] as const;
    expect(told(left, swapped)).toEqual([]);
    expect(
      told(left, tableOf(...renamed, comment('fast', on(renamed[0])), comment('slow', on(renamed[1])))),
    ).toEqual([]);
    expect(told(left, tableOf(one, two, comment('fast', on(one))))).toEqual([
      'comment on index public.t.two missing',
    ]);
  });

  test('is not taken for what is remarked on a thing that took its name', () => {
    const [gone, kept, renamed] = [check('x', '(b > 0)'), check('y', '(a > 0)'), check('x', '(a > 0)')];
    const left = tableOf(gone, kept, comment('it', on(gone)), comment('it', on(kept)));
    expect(told(left, tableOf(renamed, comment('it', on(renamed))))).toEqual(['check public.t.x missing']);
  });

  test('is not told again where the thing is missing, be it a column of a view', () => {
    const inView: ThingAddress = { kind: 'column', schema: 'public', table: 'v', name: 'a' };
    const left = tableOf(view(), comment('a column', inView), comment('a view', on(view())));
    expect(told(left, tableOf())).toEqual(['view public.v missing']);
    expect(told(tableOf(), left)).toEqual(['view public.v unexpected']);
    expect(told(left, tableOf(view()))).toEqual([
      'comment on column public.v.a missing',
      'comment on view public.v missing',
    ]);
  });

  test('keeps nothing apart where one side cannot say it', () => {
    const silence = [{ address: 'comment', aspect: 'existence', because: 'no word for it' }];
    const left = tableOf(one, index('other', ['a']));
    expect(told(left, tableOf(one, two, comment('fast', on(one))), silence)).toEqual([]);
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
