// Building a catalog from nothing: what is read from the result is the catalog.
import { expect, test } from 'vitest';
import { makeCatalog } from '../../src/catalog/index.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { renderCreate } from '../../src/plan/render-create.ts';
import { rebuildable, schemaOf, uncomparedOf, useDatabases } from '../introspect/databases.ts';

const databases = useDatabases();

for (const name of rebuildable)
  test(`${name.replace('--', ': ')} is built as it was read`, async () => {
    const { catalog } = await readCatalog(await databases.make(schemaOf(name)));
    const copy = await databases.make(uncomparedOf(name));
    for (const statement of renderCreate(catalog)) await copy.query(statement);
    expect((await readCatalog(copy)).catalog).toEqual(catalog);
    expect(catalog.objects.length).toBeGreaterThan(1);
  });

test('a part of a table that the catalog does not have is a mistake, not left out', () => {
  const stray = { kind: 'column', schema: 'public', table: 't', name: 'a', type: 'text' } as const;
  const column = { ...stray, nullable: true, default: null, identity: null, generated: null };
  expect(() => renderCreate(makeCatalog([column]))).toThrow('has parts of public.t, and no such table');
});

test('expressions that somebody wrote without parentheses are built as they are meant', async () => {
  const written = `CREATE DOMAIN truth AS boolean DEFAULT (1 IN (1, 2));
    CREATE TABLE booking (id integer, room text);
    ALTER TABLE booking ADD CONSTRAINT free EXCLUDE ((id + 1) WITH =, room WITH =) WHERE (id > 0 AND room <> '')`;
  const { catalog } = await readCatalog(await databases.make(written));
  const bare = (text: string) => text.replace(/^\((.*)\)$/, '$1');
  const asWritten = catalog.objects.map((object) => {
    if (object.kind === 'domain') return { ...object, default: '1 IN (1, 2)' };
    if (object.kind !== 'exclusion constraint') return object;
    const elements = object.elements.map(({ key, operator }) => ({
      key: { ...key, expression: bare(key.expression) },
      operator,
    }));
    return { ...object, elements, predicate: bare(object.predicate ?? '') };
  });
  const copy = await databases.make();
  for (const statement of renderCreate(makeCatalog(asWritten))) await copy.query(statement);
  expect((await readCatalog(copy)).catalog).toEqual(catalog);
});

test('bodies that call each other in a circle, or themselves, which pg_dump cannot restore', async () => {
  const { catalog } = await readCatalog(
    await databases.make(`
    CREATE FUNCTION one(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT n; END;
    CREATE FUNCTION two(n integer) RETURNS integer LANGUAGE sql RETURN one(n - 1);
    CREATE FUNCTION three(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT two(n - 1); END;
    CREATE OR REPLACE FUNCTION one(n integer) RETURNS integer LANGUAGE sql
      BEGIN ATOMIC SELECT CASE WHEN n > 0 THEN three(n - 1) ELSE n END; END;
    CREATE FUNCTION product(n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT n; END;
    CREATE OR REPLACE FUNCTION product(n integer) RETURNS integer LANGUAGE sql
      BEGIN ATOMIC SELECT CASE WHEN n > 1 THEN n * product(n - 1) ELSE 1 END; END;`),
  );
  const copy = await databases.make();
  for (const statement of renderCreate(catalog)) await copy.query(statement);
  expect((await readCatalog(copy)).catalog).toEqual(catalog);
});
