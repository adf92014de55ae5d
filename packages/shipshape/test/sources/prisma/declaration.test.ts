// What the fixture projects declare: as a person has reviewed it, and against a database built for them.
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  type Catalog,
  type CatalogObject,
  type Declaration,
  makeCatalog,
  quoteQualified,
  renderAddressKey,
} from '../../../src/catalog/index.ts';
import { aspectsOf } from '../../../src/compare/aspects.ts';
import { compare } from '../../../src/compare/compare.ts';
import { adoptSpelling } from '../../../src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import type { Session } from '../../../src/postgres/session.ts';
import { prisma } from '../../../src/sources/prisma/index.ts';
import { useDatabases } from '../../introspect/databases.ts';
import { renderDeclaration } from '../golden.ts';
import { fixtures } from './fixtures.ts';

const databases = useDatabases();

/** What the schema cannot say, and what was made by hand: a note at most. */
const handMade: Readonly<Record<string, readonly string[]>> = {
  pulled: ['sequence public.account_numbers'],
};

describe.each(Object.entries(fixtures))('%s', (name, fixture) => {
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
    const scratch = await databases.make(
      'CREATE EXTENSION citext; CREATE EXTENSION "uuid-ossp"; CREATE SEQUENCE account_numbers',
    );
    const elaborated = await elaborate(without('view', declaration.catalog), scratch);
    const spelled = await adoptSpelling(elaborated, found, scratch);
    const declared = makeCatalog([...spelled.objects, ...(await printViews(declaration.catalog, scratch))]);
    const { silence } = declaration;
    const differences = compare(ofModels(declared), ofModels(found), { silence });
    expect(
      differences.filter(({ kind }) => kind === 'unexpected').map(({ address }) => renderAddressKey(address)),
    ).toEqual(handMade[name] ?? []);
    expect(differences.filter(({ kind }) => kind !== 'unexpected')).toEqual([]);
  });

  test('silences name kinds and aspects that are compared', () => {
    for (const { address, aspect } of declaration.silence) {
      const known = [...kindsOf(address), 'existence', 'kind'];
      expect(known, address).toContain(aspect);
    }
  });
});

function kindsOf(address: string): readonly string[] {
  const kind = ['unique key', 'primary key', 'foreign key', 'column', 'index', 'table', 'view'].find((each) =>
    address.startsWith(each),
  );
  return aspectsOf(kind as 'index').map(({ name }) => name);
}

/** As the server understands them. */
async function printViews({ objects }: Catalog, scratch: Session): Promise<readonly CatalogObject[]> {
  for (const object of objects)
    if (object.kind === 'view')
      await scratch.query(
        `CREATE VIEW ${quoteQualified(object.schema, object.name)} AS ${object.definition}`,
      );
  const { catalog } = await readCatalog(scratch, { ownSchemas: ['public', 'auth'] });
  return catalog.objects.filter(({ kind }) => kind === 'view');
}

function without(kind: string, { objects }: Catalog): Catalog {
  return makeCatalog(objects.filter((each) => each.kind !== kind));
}

/** Extensions are not told, and every database has a schema `public`. */
function ofModels({ objects }: Catalog): Catalog {
  return makeCatalog(objects.filter(({ kind }) => kind !== 'schema' && kind !== 'extension'));
}
