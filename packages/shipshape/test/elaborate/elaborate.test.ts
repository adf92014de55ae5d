// Elaborating: what models declare, in their ORM's words, becomes what PostgreSQL prints.
import { describe, expect, test } from 'vitest';
import { type CatalogObject, type Column, emptyCatalog, makeCatalog } from '../../src/catalog/index.ts';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { rebuildable, schemaOf, uncomparedOf, useDatabases } from '../introspect/databases.ts';
import { check, column, declare, index, place, table } from './declared.ts';

const databases = useDatabases();

describe('what a server printed is elaborated as itself', () => {
  for (const name of rebuildable)
    test(name.replace('--', ': '), async () => {
      const { catalog } = await readCatalog(await databases.make(schemaOf(name)));
      expect(await elaborate(catalog, await databases.make(uncomparedOf(name)))).toEqual(catalog);
    });
});

describe('as ORMs write it', () => {
  const written: readonly (readonly [column: Column, printed: Partial<Column>])[] = [
    [column('a', 'varchar(32)'), { type: 'character varying(32)' }],
    [column('b', 'int4'), { type: 'integer' }],
    [column('c', 'decimal(8,2)'), { type: 'numeric(8,2)' }],
    [column('d', 'timestamp (3) with time zone'), { type: 'timestamp(3) with time zone' }],
    [column('e', 'text[][]'), { type: 'text[]' }],
    [column('f', 'text', { default: "'it''s'" }), { default: "'it''s'::text" }],
    [
      column('g', 'varchar', { default: "'x'" }),
      { type: 'character varying', default: "'x'::character varying" },
    ],
    [
      column('h', 'timestamptz', { default: 'current_timestamp' }),
      { type: 'timestamp with time zone', default: 'CURRENT_TIMESTAMP' },
    ],
    [
      column('i', 'timestamp', { default: "now() at time zone 'utc'" }),
      { type: 'timestamp without time zone', default: "(now() AT TIME ZONE 'utc'::text)" },
    ],
    [column('j', 'jsonb', { default: "'{}'" }), { default: "'{}'::jsonb" }],
    [column('k', 'integer', { default: '-1' }), { default: "'-1'::integer" }],
    [column('l', 'numeric', { default: "'0'" }), { default: "'0'::numeric" }],
    [
      column('m', 'serial'),
      { type: 'integer', nullable: false, default: "nextval('public.t_m_seq'::regclass)" },
    ],
    [
      column('n', 'BIGSERIAL', { nullable: false }),
      { type: 'bigint', default: "nextval('public.t_n_seq'::regclass)" },
    ],
    [column('o', 'mood', { default: "'calm'" }), { type: 'public.mood', default: "'calm'::public.mood" }],
    [column('p', 'mood[]'), { type: 'public.mood[]' }],
    [column('q', 'bigint', { identity: 'always' }), { nullable: false }],
    [column('r', 'text', { generated: "lower(f) || '!'" }), { generated: "(lower(f) || '!'::text)" }],
    [
      column('s', 'bigint', { default: "nextval('Ticket_Numbers')" }),
      { default: "nextval('public.ticket_numbers'::regclass)" },
    ],
    [column('t', 'citext'), { type: 'public.citext' }],
  ];

  test('types, defaults and generated columns', async () => {
    const mood = { kind: 'enum', schema: 'public', name: 'mood', labels: ['calm'] } as const;
    const declared = declare(mood, ...written.map(([each]) => each));
    const expected = declare(mood, ...written.map(([each, printed]) => ({ ...each, ...printed })));
    expect(await elaborate(declared, await databases.make())).toEqual(expected);
  });

  test('checks, keys, predicates', async () => {
    const columns = [column('a', 'text'), column('camelCase', 'int')];
    const key = { kind: 'primary key', ...place, name: 't_pk', columns: ['camelCase'] } as const;
    const elaborated = await elaborate(
      declare(
        ...columns,
        key,
        check('a_known', "a in ('x', 'y')"),
        index('by_name', 'camelCase', { predicate: `a is not null and "camelCase" > 0` }),
        index('by_lower', 'lower(a)', { unique: true }),
        index('by_sum', '"camelCase" + 1'),
      ),
      await databases.make(),
    );
    expect(elaborated).toEqual(
      declare(
        column('a', 'text'),
        column('camelCase', 'integer', { nullable: false }),
        key,
        check('a_known', "(a = ANY (ARRAY['x'::text, 'y'::text]))"),
        index('by_name', 'camelCase', { predicate: `((a IS NOT NULL) AND ("camelCase" > 0))` }),
        index('by_lower', 'lower(a)', { unique: true }),
        index('by_sum', '("camelCase" + 1)'),
      ),
    );
  });

  test('names that PostgreSQL cuts are cut', async () => {
    const long = 'n'.repeat(64);
    const cut = 'n'.repeat(63);
    const reference = (name: string): CatalogObject => ({
      kind: 'foreign key',
      schema: 'public',
      table: name,
      name,
      columns: [name],
      references: { schema: 'public', table: name, columns: [name] },
      onDelete: 'no action',
      onUpdate: 'no action',
      deferrability: 'not deferrable',
      validated: true,
    });
    const named = (name: string) =>
      makeCatalog([
        table(name),
        column(name, 'text', { table: name }),
        index(`i${name}`.slice(0, name.length), name, { table: name }),
        reference(name),
      ]);
    expect(await elaborate(named(long), await databases.make())).toEqual(named(cut));
  });

  test('keys to tables that no model declares are taken as they are', async () => {
    const key = {
      kind: 'foreign key',
      ...place,
      name: 'to_auth',
      columns: ['user_id'],
      references: { schema: 'auth', table: 'users', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'no action',
      deferrability: 'not deferrable',
      validated: true,
    } as const;
    const elaborated = await elaborate(declare(column('user_id', 'uuid'), key), await databases.make());
    expect(elaborated.objects).toContainEqual(key);
  });

  test("tables in other schemas, a library's among them", async () => {
    const parts = (type: string) =>
      makeCatalog([
        table('jobs', 'graphile_worker'),
        column('id', type, { schema: 'graphile_worker', table: 'jobs' }),
        table('Odd', 'Sales Team'),
      ]);
    expect(await elaborate(parts('int8'), await databases.make())).toEqual(parts('bigint'));
  });

  test('on a database that holds what models cannot say', async () => {
    const scratch = await databases.make(`
      CREATE FUNCTION fresh() RETURNS text LANGUAGE sql RETURN 'x';
      CREATE DOMAIN mail AS text; CREATE TABLE unasked (id integer)`);
    const declared = declare(column('a', 'mail', { default: 'fresh()' }));
    expect(await elaborate(declared, scratch)).toEqual(
      declare(column('a', 'public.mail', { default: 'public.fresh()' })),
    );
  });

  test('nothing at all', async () => {
    expect(await elaborate(emptyCatalog, await databases.make())).toEqual(emptyCatalog);
  });
});
