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
