// What the fixture projects declare: as a person has reviewed it, and what MikroORM itself builds.
import { join } from 'node:path';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Catalog, type Declaration, makeCatalog } from '../../../src/catalog/index.ts';
import { compare } from '../../../src/compare/compare.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { connect } from '../../../src/postgres/connect.ts';
import type { Session } from '../../../src/postgres/session.ts';
import { mikroOrm } from '../../../src/sources/mikro-orm/index.ts';
import { renderDeclaration } from '../golden.ts';
import { createIn } from './build.ts';
import { type Fixture, fixtures } from './fixtures.ts';

let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

async function inDatabase<Value>(work: (session: Session) => Promise<Value>): Promise<Value> {
  const session = await connect(await server.createDatabase());
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}

describe.each(Object.entries(fixtures))('%s', (_name, fixture: Fixture) => {
  let declaration: Declaration;
  beforeAll(async () => {
    declaration = await mikroOrm(fixture).declare({ origins: true });
  });

  test('declares what declared.txt says', async () => {
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(fixture.root, 'declared.txt'));
  });

  test('is what MikroORM builds: nothing missing, nothing unequal, nothing unexpected', async () => {
    const elaborated = await inDatabase((session) => elaborate(declaration.catalog, session));
    const built = await inDatabase(async (session) => {
      await createIn(session, fixture);
      return (await readCatalog(session)).catalog;
    });
    const { silence } = declaration;
    expect(compare(withoutPublic(elaborated), withoutPublic(built), { silence })).toEqual([]);
  });
});

/** Every database has a schema of that name, whether or not a table of the entities lies there. */
function withoutPublic({ objects }: Catalog): Catalog {
  return makeCatalog(objects.filter((each) => each.kind !== 'schema' || each.schema !== 'public'));
}
