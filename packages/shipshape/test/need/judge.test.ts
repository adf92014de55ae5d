// judge: need, not equality.
import { describe, expect, test } from 'vitest';
import {
  type Catalog,
  type CatalogObject,
  type Column,
  type Declaration,
  makeCatalog,
  renderAddressKey,
  type TableAccess,
} from '../../src/catalog/index.ts';
import { judge } from '../../src/need/judge.ts';
import type { LiveReading } from '../../src/need/live-reading.ts';
import { makeLookup } from '../../src/need/lookup.ts';
import { makeNeed } from '../../src/need/make-need.ts';
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
} from '../compare/build.ts';

const origin = { file: 'src/db/schema.ts', line: 58 };

function declare(catalog: Catalog, over: Partial<Declaration> = {}): Declaration {
  return { catalog, silence: [], origin: {}, unqualified: [], printed: 18, ...over };
}

interface Live {
  readonly searchPath?: readonly string[];
  readonly access?: ReadonlyMap<string, TableAccess>;
}

function live(catalog: Catalog, { searchPath = ['public'], access }: Live = {}): LiveReading {
  return { catalog, searchPath, lookup: makeLookup(catalog, searchPath, access) };
}

/** Each shortfall as one line. */
function told(declared: Catalog | Declaration, database: Catalog | LiveReading): readonly string[] {
  const need = makeNeed('silence' in declared ? declared : declare(declared));
  const { shortfalls } = judge(need, 'lookup' in database ? database : live(database));
  return shortfalls.map(
    ({ reason, severity, address, aspect, declared, found, sqlstate }) =>
      `${severity}: ${reason} ${renderAddressKey(address)} ${aspect} (${declared} / ${found}) ${sqlstate}`,
  );
}

const keyed = [column('id', 'integer', { nullable: false, identity: 'by default' }), primaryKey(['id'])];

describe('what is missing', () => {
  test('a missing table is told once, with nothing of what is in it', () => {
    const declared = tableOf(...keyed, column('name', 'text', { nullable: false }), uniqueKey(['name']));
    expect(told(declared, makeCatalog([]))).toEqual([
      'error: missing table table public.t existence (null / null) 42P01',
    ]);
  });

  test('each missing column is told, with the line that declares it', () => {
    const declared = tableOf(...keyed, column('recording_mode', 'varchar(32)'), column('retries', 'int'));
    const need = makeNeed(
      declare(declared, {
        origin: { 'column public.t.recording_mode': origin, 'table public.t': { ...origin, line: 1 } },
      }),
    );
    const { shortfalls } = judge(need, live(tableOf(...keyed)));
    expect(shortfalls).toEqual([
      {
        reason: 'missing column',
        severity: 'error',
        address: { kind: 'column', schema: 'public', table: 't', name: 'recording_mode' },
        aspect: 'existence',
        declared: 'character varying(32)',
        found: null,
        sqlstate: '42703',
        because: null,
        origin,
      },
      expect.objectContaining({ reason: 'missing column', declared: 'integer', origin: null }),
    ]);
  });

  test('a similar column is named, unless the code needs that one too', () => {
    const declared = tableOf(column('recordingMode', 'text'));
    expect(told(declared, tableOf(column('recording_mode', 'text')))).toEqual([
      'error: missing column column public.t."recordingMode" existence (text / recording_mode) 42703',
    ]);
    const both = tableOf(column('recordingMode', 'text'), column('recording_mode', 'text'));
    expect(told(both, tableOf(column('recording_mode', 'text')))).toEqual([
      'error: missing column column public.t."recordingMode" existence (text / null) 42703',
    ]);
  });

  test('traps, findings 4: a table whose name differs by case is another one, and is named', () => {
    expect(told(makeCatalog([table('apiKey')]), makeCatalog([table('apikey')]))).toEqual([
      'error: missing table table public."apiKey" existence (null / apikey) 42P01',
    ]);
  });

  test('traps, findings 5: an enum, and a label of one', () => {
    const declared = makeCatalog([
      enumeration('status', ['new', 'done', 'lost']),
      enumeration('mood', ['ok']),
    ]);
    const database = makeCatalog([enumeration('status', ['new', 'done', 'more'])]);
    expect(told(declared, database)).toEqual([
      "error: missing enum enum public.mood existence ('ok' / null) 42704",
      "error: missing label enum public.status labels ('lost' / 'new', 'done', 'more') 22P02",
    ]);
  });
});

describe('wider is fine', () => {
  test.each<[string, readonly CatalogObject[], readonly CatalogObject[]]>([
    [
      'more columns, nullable or filled',
      [column('a', 'text')],
      [
        column('a', 'text'),
        column('b', 'text'),
        column('c', 'text', { nullable: false, default: "''::text" }),
        column('d', 'integer', { nullable: false, identity: 'always' }),
        column('e', 'integer', { generated: '(1 + 1)' }),
      ],
    ],
    [
      'wider types',
      [column('a', 'varchar(16)'), column('b', 'integer'), column('c', 'numeric(8,2)')],
      [column('a', 'text'), column('b', 'bigint'), column('c', 'numeric')],
    ],
    [
      'more keys, checks and indexes',
      [column('a', 'text')],
      [
        column('a', 'text'),
        uniqueKey(['a']),
        check('c', "(a <> ''::text)"),
        foreignKey(['a'], 'u'),
        index('i', ['a']),
      ],
    ],
    [
      'a missing index, check or foreign key',
      [column('a', 'text'), index('i', ['a']), check('c', "(a <> ''::text)"), foreignKey(['a'], 'u')],
      [column('a', 'text')],
    ],
    ['more labels, in another order', [enumeration('e', ['a', 'b'])], [enumeration('e', ['c', 'b', 'a'])]],
    [
      'a default that only the database has',
      [column('a', 'integer', { nullable: false })],
      [column('a', 'integer', { nullable: false, default: '0' })],
    ],
  ])('%s', (_, declared, database) => {
    expect(told(tableOf(...declared), tableOf(...database))).toEqual([]);
  });
});

describe('columns', () => {
  const cases: readonly [string, Column, Column, readonly string[]][] = [
    [
      'another type',
      column('a', 'integer'),
      column('a', 'text'),
      ['error: type broken column public.t.a type (integer / text) 42883'],
    ],
    [
      'a narrower type',
      column('a', 'varchar(32)'),
      column('a', 'character varying(16)'),
      ['warning: type narrower column public.t.a type (character varying(32) / character varying(16)) 22001'],
    ],
    [
      'traps, findings 5: json for jsonb',
      column('a', 'jsonb'),
      column('a', 'json'),
      ['warning: type narrower column public.t.a type (jsonb / json) 42883'],
    ],
    [
      'traps, findings 5: null where none is expected',
      column('a', 'text', { nullable: false }),
      column('a', 'text'),
      ['warning: null where none is expected column public.t.a nullability (not null / null) null'],
    ],
    [
      'traps, findings 5: null is refused',
      column('a', 'text'),
      column('a', 'text', { nullable: false }),
      ['error: null is refused column public.t.a nullability (null / not null) 23502'],
    ],
    [
      'a null that is written is refused',
      column('a', 'text'),
      column('a', 'text', { nullable: false, default: "''::text" }),
      ['warning: explicit null is refused column public.t.a nullability (null / not null) 23502'],
    ],
    [
      'traps, findings 5: a default is missing, and null is refused',
      column('a', 'integer', { nullable: false, default: '0' }),
      column('a', 'integer', { nullable: false }),
      ['error: null is refused column public.t.a default (0 / null) 23502'],
    ],
    [
      'an identity is missing',
      column('a', 'integer', { nullable: false, identity: 'always' }),
      column('a', 'integer', { nullable: false }),
      ['error: null is refused column public.t.a default (null / null) 23502'],
    ],
    [
      'a default is missing, and null is let in',
      column('a', 'integer', { default: '0' }),
      column('a', 'integer'),
      ['warning: nothing fills it column public.t.a default (0 / null) null'],
    ],
    [
      'another default',
      column('a', 'integer', { default: '0' }),
      column('a', 'integer', { default: '1' }),
      ['warning: default differs column public.t.a default (0 / 1) null'],
    ],
    [
      'a value that only the database gives',
      column('a', 'text'),
      column('a', 'text', { generated: 'lower(b)' }),
      ['error: value is refused column public.t.a generated (null / lower(b)) 428C9'],
    ],
    [
      'an identity that refuses the code’s values',
      column('a', 'integer', { nullable: false }),
      column('a', 'integer', { nullable: false, identity: 'always' }),
      ['error: value is refused column public.t.a identity (null / always) 428C9'],
    ],
    [
      'traps, false alarms 4: serial for identity',
      column('a', 'bigserial'),
      column('a', 'bigint', { nullable: false, identity: 'by default' }),
      [],
    ],
    [
      'traps, false alarms 4: bigserial is bigint with a sequence',
      column('a', 'bigserial'),
      column('a', 'bigint', { nullable: false, default: "nextval('public.t_a_seq'::regclass)" }),
      [],
    ],
    [
      'traps, false alarms 3: a sequence that kept the old table’s name',
      column('a', 'integer', { default: "nextval('public.t_a_seq'::regclass)" }),
      column('a', 'integer', { default: "nextval('public.old_a_seq'::regclass)" }),
      [],
    ],
    [
      'traps, false alarms 5: varchar without a length for text',
      column('a', 'varchar'),
      column('a', 'text'),
      [],
    ],
    [
      'traps, false alarms 5: text for varchar without a length',
      column('a', 'text'),
      column('a', 'character varying'),
      [],
    ],
    [
      'the type of an extension, in whatever schema that is',
      column('a', 'vector(3)'),
      column('a', 'extensions.vector(3)'),
      [],
    ],
    ['an array', column('a', 'int[]'), column('a', 'integer[]'), []],
    [
      'an array for a value',
      column('a', 'integer'),
      column('a', 'integer[]'),
      ['error: type broken column public.t.a type (integer / integer[]) 22P02'],
    ],
  ];
  test.each(cases)('%s', (_, declared, found, lines) => {
    expect(told(tableOf(declared), tableOf(found))).toEqual(lines);
  });

  test('traps, findings 6: a required column that the code does not know breaks its inserts', () => {
    const database = tableOf(...keyed, column('tenant', 'integer', { nullable: false }));
    expect(told(tableOf(...keyed), database)).toEqual([
      'error: required column unknown column public.t.tenant nullability (null / not null without a default) 23502',
    ]);
  });

  test('a composite primary key makes its columns not null, whatever the model says', () => {
    const parts = (nullable: boolean) => [
      column('a', 'integer', { nullable }),
      column('b', 'integer', { nullable }),
      primaryKey(['a', 'b']),
    ];
    expect(told(tableOf(...parts(true)), tableOf(...parts(false)))).toEqual([]);
  });

  test.each([
    ['type', column('a', 'integer'), column('a', 'text')],
    ['nullability', column('a', 'text'), column('a', 'text', { nullable: false })],
    ['nullability', column('a', 'text', { nullable: false }), column('a', 'text')],
    ['default', column('a', 'integer', { default: '0' }), column('a', 'integer', { default: '1' })],
    ['default', column('a', 'integer'), column('a', 'integer', { generated: '(1 + 1)' })],
    ['existence', column('a', 'integer'), column('b', 'integer')],
  ])('silence about %s is not judged', (aspect, declared, found) => {
    const catalog = tableOf(declared);
    const of = (address: string) =>
      declare(catalog, { silence: [{ address, aspect, because: 'no word for it' }] });
    expect(told(catalog, tableOf(found))).not.toEqual([]);
    expect(told(of('column'), tableOf(found))).toEqual([]);
    expect(told(of('column public.t.a'), tableOf(found))).toEqual([]);
    expect(told(of('column public.t.other'), tableOf(found))).not.toEqual([]);
  });
});

describe('unique keys', () => {
  const declared = tableOf(column('a', 'text'), column('b', 'text'), uniqueKey(['a', 'b']));
  const parts = [column('a', 'text'), column('b', 'text')];

  test('ON CONFLICT relies on them', () => {
    expect(told(declared, tableOf(...parts))).toEqual([
      'error: missing unique key unique key public.t.t_a_b_key existence (a, b / null) 42P10',
    ]);
    const primary = tableOf(column('a', 'text', { nullable: false }), primaryKey(['a']));
    expect(told(primary, tableOf(column('a', 'text', { nullable: false })))).toEqual([
      'error: missing unique key primary key public.t.t_pkey existence (a / null) 42P10',
    ]);
  });

  test.each<[string, CatalogObject]>([
    ['traps, false alarms 4: a unique index', index('i', ['a', 'b'], { unique: true })],
    ['traps, false alarms 4: another column order', uniqueKey(['b', 'a'])],
    ['another name', uniqueKey(['a', 'b'], { name: 'by_hand' })],
    ['NULLS NOT DISTINCT', uniqueKey(['a', 'b'], { nullsDistinct: false })],
    ['a descending unique index', index('i', [key('a', { descending: true }), 'b'], { unique: true })],
    ['a unique index that carries columns', index('i', ['a', 'b'], { unique: true, include: ['c'] })],
  ])('%s will do', (_, part) => {
    expect(told(declared, tableOf(...parts, part))).toEqual([]);
  });

  test.each<[string, CatalogObject]>([
    ['a partial one', index('i', ['a', 'b'], { unique: true, predicate: '(a IS NOT NULL)' })],
    ['one that is not valid', index('i', ['a', 'b'], { unique: true, valid: false })],
    ['one on an expression', index('i', ['lower(a)', 'b'], { unique: true })],
    ['one that is not unique', index('i', ['a', 'b'])],
    ['a deferrable one', uniqueKey(['a', 'b'], { deferrability: 'deferrable' })],
    ['one over fewer columns', uniqueKey(['a'])],
  ])('%s will not', (_, part) => {
    expect(told(declared, tableOf(...parts, part))).toHaveLength(1);
  });

  test('a declared partial unique index asks for no key', () => {
    const partial = index('i', ['a'], { unique: true, predicate: '(b IS NULL)' });
    expect(told(tableOf(...parts, partial), tableOf(...parts))).toEqual([]);
  });

  test('a key over a missing column is missing with it', () => {
    expect(told(declared, tableOf(column('a', 'text')))).toEqual([
      'error: missing column column public.t.b existence (text / null) 42703',
    ]);
  });
});

describe('enum types of columns', () => {
  const mood = enumeration('mood', ['ok', 'sad']);
  const declared = (type: string) =>
    declare(tableOf(column('a', type), mood), { unqualified: ['enum public.mood', 'table public.t'] });

  test.each(['mood', 'public.mood'])('%s is the enum, however it is spelled', (type) => {
    expect(told(declared(type), tableOf(column('a', 'public.mood'), mood))).toEqual([]);
    expect(told(declared(`${type}[]`), tableOf(column('a', 'public.mood[]'), mood))).toEqual([]);
  });

  test('unqualified, it is looked up in the search path', () => {
    const elsewhere = { ...mood, schema: 'app' };
    const database = makeCatalog([...inTable('t', [column('a', 'app.mood')], 'app'), elsewhere]);
    expect(told(declared('public.mood'), live(database, { searchPath: ['app', 'public'] }))).toEqual([]);
  });

  test('a label is told once, not by every column', () => {
    const database = tableOf(column('a', 'public.mood'), enumeration('mood', ['ok']));
    expect(told(declared('public.mood'), database)).toEqual([
      "error: missing label enum public.mood labels ('sad' / 'ok') 22P02",
    ]);
  });

  test('traps, findings 5: an enum of another name', () => {
    const database = tableOf(column('a', 'public.feeling'), mood, enumeration('feeling', ['ok', 'sad']));
    expect(told(declared('public.mood'), database)).toEqual([
      'warning: type narrower column public.t.a type (public.mood / public.feeling) 42804',
    ]);
  });

  test('text for an enum, and an enum for text', () => {
    expect(told(declared('public.mood'), tableOf(column('a', 'text'), mood))).toEqual([
      'warning: type narrower column public.t.a type (public.mood / text) 42883',
    ]);
    expect(told(tableOf(column('a', 'text')), tableOf(column('a', 'public.mood'), mood))).toEqual([
      'error: type broken column public.t.a type (text / public.mood) 22P02',
    ]);
  });
});

describe('where a name leads', () => {
  const unqualified = ['table public.t'];
  const declared = declare(makeCatalog([...inTable('t', keyed)]), { unqualified });
  const app = inTable('t', keyed, 'app');

  test('an unqualified table is the first one on the search path', () => {
    const broken = inTable('t', [column('id', 'text', { nullable: false })]);
    const database = makeCatalog([...app, ...broken]);
    expect(told(declared, live(database, { searchPath: ['app', 'public'] }))).toEqual([]);
    expect(told(declared, live(database, { searchPath: ['public', 'app'] }))).not.toEqual([]);
  });

  test('present, but not on the path', () => {
    expect(told(declared, live(makeCatalog(app)))).toEqual([
      'error: outside search path table public.t place (public / app.t) 42P01',
    ]);
  });

  test('a table with its schema is that table only', () => {
    const qualified = declare(makeCatalog(app));
    expect(told(qualified, live(makeCatalog(app), { searchPath: [] }))).toEqual([]);
    expect(told(qualified, live(makeCatalog(inTable('t', keyed)), { searchPath: ['public'] }))).toEqual([
      'error: missing table table app.t existence (null / public.t) 42P01',
    ]);
  });
});

describe('privileges', () => {
  const all: TableAccess = { usage: true, select: true, insert: true, update: true, delete: true };
  const catalog = tableOf(...keyed);
  const withAccess = (over: Partial<TableAccess>, searchPath = ['public']) =>
    live(catalog, { searchPath, access: new Map([['table public.t', { ...all, ...over }]]) });
  const declared = declare(catalog, { unqualified: ['table public.t'] });

  test('all of them is fine', () => {
    expect(told(declared, withAccess({}))).toEqual([]);
  });

  test('what the role may not do is told in one', () => {
    expect(told(declared, withAccess({ update: false, delete: false }))).toEqual([
      'warning: no privilege table public.t privilege (update, delete / select, insert) 42501',
    ]);
    expect(
      told(declared, withAccess({ select: false, insert: false, update: false, delete: false })),
    ).toEqual(['error: no privilege table public.t privilege (select, insert, update, delete / null) 42501']);
  });

  test('a schema that may not be used is told once, though the server leaves it out of the path', () => {
    const objects = [...inTable('t', keyed), ...inTable('u', keyed)];
    const access = new Map(['t', 'u'].map((name) => [`table public.${name}`, { ...all, usage: false }]));
    const both = declare(makeCatalog(objects), { unqualified: ['table public.t', 'table public.u'] });
    const lines = ['error: no privilege schema public privilege (usage / null) 42501'];
    expect(told(both, live(makeCatalog(objects), { searchPath: [], access }))).toEqual(lines);
    expect(told(declare(makeCatalog(objects)), live(makeCatalog(objects), { access }))).toEqual(lines);
  });
});

describe('coverage counts what was found on both sides', () => {
  const declared = makeCatalog([
    ...inTable('t', [...keyed, column('a', 'text'), uniqueKey(['a'])]),
    ...inTable('u', keyed),
    enumeration('e', ['x']),
    enumeration('f', ['x']),
  ]);
  const coverageOf = (database: Catalog) => judge(makeNeed(declare(declared)), live(database)).coverage;

  test('all of it', () => {
    expect(coverageOf(declared)).toEqual({ tables: 2, columns: 3, uniqueKeys: 3, enums: 2 });
  });

  test('a missing table counts nowhere, nor do its columns and keys', () => {
    const database = makeCatalog(
      declared.objects.filter(
        (each) => !('table' in each ? each.table === 'u' : 'name' in each && each.name === 'u'),
      ),
    );
    expect(coverageOf(database)).toEqual({ tables: 1, columns: 2, uniqueKeys: 2, enums: 2 });
  });

  test('a missing column, its key, and a missing enum count nowhere', () => {
    const database = makeCatalog(
      declared.objects.filter((each) => !('name' in each && ['a', 't_a_key', 'f'].includes(each.name))),
    );
    expect(coverageOf(database)).toEqual({ tables: 2, columns: 2, uniqueKeys: 2, enums: 1 });
  });

  test('an empty catalogue is nothing at all', () => {
    expect(coverageOf(makeCatalog([]))).toEqual({ tables: 0, columns: 0, uniqueKeys: 0, enums: 0 });
  });
});

test('a database that is just as declared has all that is needed, and one that lacks any of it has not', () => {
  const declared = tableOf(...keyed, column('a', 'text'), uniqueKey(['a']), enumeration('e', ['x']));
  expect(told(declared, declared)).toEqual([]);
  const asked = declared.objects.filter((each) => each.kind !== 'schema');
  for (const object of asked) {
    const rest = makeCatalog(declared.objects.filter((each) => each !== object));
    expect(told(declared, rest), renderAddressKey(object as never)).not.toEqual([]);
  }
});
