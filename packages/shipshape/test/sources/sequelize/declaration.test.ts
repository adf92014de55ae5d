// What the fixture projects declare: as a person has reviewed it, and what Sequelize itself builds.
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catalog, type Declaration, makeCatalog } from '../../../src/catalog/index.ts';
import { compare } from '../../../src/compare/compare.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { connect } from '../../../src/postgres/connect.ts';
import type { Session } from '../../../src/postgres/session.ts';
import { sequelize } from '../../../src/sources/sequelize/index.ts';
import { renderDeclaration } from '../golden.ts';
import { syncInto } from './build.ts';
import { type Fixture, fixtures } from './fixtures.ts';

let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

async function inDatabase<Value>(work: (session: Session, url: string) => Promise<Value>): Promise<Value> {
  const url = await server.createDatabase();
  const session = await connect(url);
  try {
    return await work(session, url);
  } finally {
    await session.close();
  }
}

describe.each(Object.entries(fixtures))('%s', (_name, fixture: Fixture) => {
  let declaration: Declaration;
  beforeAll(async () => {
    declaration = await sequelize(fixture).declare({ origins: true });
  });

  test('declares what declared.txt says', async () => {
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(fixture.root, 'declared.txt'));
  });

  test('is what Sequelize builds: nothing missing, nothing unequal, nothing unexpected', async () => {
    const elaborated = await inDatabase((session) => elaborate(declaration.catalog, session));
    const built = await inDatabase(async (session, url) => {
      await syncInto(url, await fixture.open());
      return (await readCatalog(session)).catalog;
    });
    const { silence } = declaration;
    expect(compare(withoutPublic(elaborated), withoutPublic(built), { silence })).toEqual([]);
  });
});

/** Every database has a schema of that name, whether or not a table of the models lies there. */
function withoutPublic({ objects }: Catalog): Catalog {
  return makeCatalog(objects.filter((each) => each.kind !== 'schema' || each.schema !== 'public'));
}
