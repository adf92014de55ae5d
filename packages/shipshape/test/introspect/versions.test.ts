// Every case on every version that can hold it: what is read is the same, save where PostgreSQL itself prints otherwise.
import { expect, test } from 'vitest';
import { addressOf, type Catalog, type CatalogObject, renderAddressKey } from '../../src/catalog/index.ts';
import { readCatalog } from '../../src/introspect/read-catalog.ts';
import { readNeeded } from '../../src/introspect/read-needed.ts';
import { cases, firstVersionOf, goldenOf, schemaOf, useDatabases } from './databases.ts';
import { onEveryVersion } from './matrix.ts';

/** One object a line, for people. */
const render = (catalog: Catalog) =>
  `[\n${catalog.objects.map((object) => `  ${JSON.stringify(object)}`).join(',\n')}\n]\n`;

onEveryVersion((major) => {
  const databases = useDatabases(major);
  for (const name of cases.filter((each) => firstVersionOf(each) <= major))
    test(`${name.replace('--', ': ')} reads as its golden catalog`, async () => {
      const { catalog, server } = await readCatalog(await databases.make(schemaOf(name)));
      expect(Math.floor(server.versionNumber / 10_000)).toBe(major);
      await expect(render(catalog)).toMatchFileSnapshot(goldenOf(name, major));
    });

  for (const name of [
    'comments--on-everything',
    'indexes--collations',
    'triggers--all',
    'domains--all',
    'columns--dropped',
    'tables--empty',
  ])
    test(`${name.replace('--', ': ')} is one catalog, read for a need or as everything`, async () => {
      const session = await databases.make(schemaOf(name));
      const structure = await readCatalog(session);
      const everything = await readCatalog(session, { breadth: 'everything' });
      const need = await readNeeded(session);
      const packed = await readNeeded(session, {}, true);
      const remarks = everything.catalog.objects.filter(
        ({ kind }) => kind === 'owner' || kind === 'privilege',
      );
      expect(remarks.length).toBeGreaterThan(1);
      expect(everything.catalog.objects.filter((each) => !remarks.includes(each))).toEqual(
        structure.catalog.objects,
      );
      expect(need.catalog.objects).toEqual(structure.catalog.objects.flatMap(asNeeded));
      expect(need.server).toEqual(structure.server);
      expect(packed.catalog).toEqual(need.catalog);
      expect(packed.relations.map(({ access }) => access)).toEqual(
        need.relations.map(({ access }) => access),
      );
      expect(
        new Map(need.relations.map(({ table, access }) => [renderAddressKey(addressOf(table)), access])),
      ).toEqual(structure.access);
    });
});

/** What a need is judged by: nothing else is read for it. */
function asNeeded(object: CatalogObject): readonly CatalogObject[] {
  switch (object.kind) {
    case 'enum':
    case 'primary key':
    case 'unique key':
      return [object];
    case 'domain': {
      const { collation: _, ...needed } = object;
      return [{ ...needed, checks: [] }];
    }
    case 'table':
      return [{ kind: object.kind, schema: object.schema, name: object.name }];
    case 'column': {
      const { collation: _, sequence: __, ...needed } = object;
      return [needed];
    }
    case 'index':
      return object.unique
        ? [
            {
              ...object,
              keys: object.keys.map(({ collation: _, ...needed }) => ({ ...needed, opclass: null })),
            },
          ]
        : [];
    case 'view': {
      const { options: _, ...needed } = object;
      return [{ ...needed, definition: '' }];
    }
    case 'materialized view':
      return [{ ...object, definition: '', populated: true }];
    default:
      return [];
  }
}
