// What the fixture projects declare: as a person has reviewed it, and against a database built for them.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Catalog, type Declaration, kinds, makeCatalog } from '../../../src/catalog/index.ts';
import { aspectsOf } from '../../../src/compare/aspects.ts';
import { compare } from '../../../src/compare/compare.ts';
import { adoptSpelling } from '../../../src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { prisma } from '../../../src/sources/prisma/index.ts';
import { useDatabases } from '../../introspect/databases.ts';
import { renderDeclaration } from '../golden.ts';
import { fixtures } from './fixtures.ts';

const databases = useDatabases();

describe.each(Object.entries(fixtures))('%s', (_name, fixture) => {
  let declaration: Declaration;
  beforeAll(async () => {
    declaration = await prisma(fixture).declare({ origins: true });
  });

  test('declares what declared.txt says', async () => {
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(fixture.root, 'declared.txt'));
  });

  test('is what the database has: no false alarm', async () => {
    const session = await databases.make(fixture.database());
    const { catalog: found } = await readCatalog(session, { ownSchemas: ['public', 'auth'] });
    const scratch = await databases.make('CREATE SEQUENCE account_numbers');
    const elaborated = await elaborate(declaration.catalog, scratch);
    const declared = await adoptSpelling(elaborated, found, scratch);
    const { silence } = declaration;
    expect(compare(withoutPublic(declared), withoutPublic(found), { silence })).toEqual([]);
  });

  test('silences name kinds and aspects that are compared', () => {
    for (const { address, aspect } of declaration.silence) {
      const known = [...aspectsFor(address), 'existence', 'unexpected', 'kind'];
      expect(known, address).toContain(aspect);
    }
  });
});

function aspectsFor(address: string): readonly string[] {
  const kind = kinds.find((each) => address === each || address.startsWith(`${each} `));
  return kind === undefined ? [] : aspectsOf(kind).map(({ name }) => name);
}

/** Every database has a schema of that name, whether or not a table of the models lies there. */
function withoutPublic({ objects }: Catalog): Catalog {
  return makeCatalog(objects.filter((each) => each.kind !== 'schema' || each.schema !== 'public'));
}
