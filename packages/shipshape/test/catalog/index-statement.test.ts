// An index that is taken apart and put together again is, on a real server, the index that its statement makes.
import { describe, expect, test } from 'vitest';
import { type Index, parseCreateIndex, parseIndexKey } from '../../src/catalog/index.ts';
import { complete, renderIndex } from '../../src/ddl/index.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { inParentheses } from '../../src/plan/in-parentheses.ts';
import type { Session } from '../../src/postgres/session.ts';
import { useDatabases } from '../introspect/databases.ts';

const databases = useDatabases();
const table = `CREATE TABLE people (id int, name text, email text, "Odd ""one" text, tags text[], data jsonb, gone timestamptz);`;
const columns = new Set(['id', 'name', 'email', 'Odd "one', 'tags', 'data', 'gone']);

async function indexIn(session: Session): Promise<Index | undefined> {
  const { catalog } = await readCatalog(session);
  return catalog.objects.find((object): object is Index => object.kind === 'index');
}

describe('a statement', () => {
  test.each([
    'create index i on people (email)',
    'CREATE UNIQUE INDEX "i" ON public.people USING btree (email, name DESC)',
    'create index concurrently if not exists i on only people using gin (tags);',
    'CREATE INDEX i ON "public"."people" ("Odd ""one" ASC NULLS FIRST, name DESC NULLS LAST)',
    "create index i on people (lower(email), (name || ',' || email) text_pattern_ops desc)",
    "create index i on people ((data->>'a,b'), coalesce(name, E'it\\'s (', $$)$$))",
    'create index i on people (/* a (comment /* in */ it */ name varchar_pattern_ops) -- the end',
    "create unique index i on people (email) where (gone is null) and name <> 'where ;'",
    'create unique index i on people (email) include (name, "Odd ""one") where gone is null;',
    'create unique index i on people (email, name) nulls not distinct',
    'create index i on people using gin (data jsonb_path_ops) with (fastupdate = off)',
    'create index i on people (("name"))',
    'create index on people (Name)',
  ])('%s', async (sql) => {
    const its = await databases.make(table);
    await its.query(sql);
    const parsed = parseCreateIndex(sql);
    expect(parsed).toMatchObject({ table: 'people' });
    const { repeatable, ...rest } = parsed!;
    expect(repeatable).toBe(/if not exists/.test(sql));
    const index: Index = { ...rest, schema: 'public', name: rest.name ?? 'people_name_idx' };
    const ours = await databases.make(table);
    await ours.query(renderIndex(inParentheses(index, columns), columns, complete));
    expect(await indexIn(ours)).toEqual(await indexIn(its));
    expect(await indexIn(its)).toMatchObject({ name: index.name });
  });

  test.each([
    'alter table people add constraint x exclude using gist (tags with &&)',
    'create table people (id int)',
    'create index i on people',
    'create index i on people (id) where gone is null; drop table people',
    'create index i on people (id) something else',
    '',
  ])('that is no CREATE INDEX: %s', (sql) => {
    expect(parseCreateIndex(sql)).toBeNull();
  });
});

test('a schema that the statement names is told, one that it leaves out is not', () => {
  expect(parseCreateIndex('create index i on a.t (x)')).toMatchObject({ schema: 'a', table: 't', name: 'i' });
  expect(parseCreateIndex('create index i on t (x)')).toMatchObject({ schema: null, table: 't' });
});

test('a key keeps its collation and the options of its operator class', () => {
  expect(parseIndexKey('name collate "C" public.gin_trgm_ops (siglen = 32) desc')).toEqual({
    expression: 'name',
    collation: '"C"',
    opclass: 'public.gin_trgm_ops(siglen = 32)',
    descending: true,
    nulls: 'first',
  });
});

test('what is no key is an expression as a whole', () => {
  expect(parseIndexKey('a || b desc')).toMatchObject({ expression: 'a || b desc', descending: false });
});
