// MikroORM 7, on the Node that it wants: its entities as read here, and what its own schema generator makes of them.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Catalog, type Declaration, makeCatalog } from '../../../src/catalog/index.ts';
import { compare } from '../../../src/compare/compare.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { useDatabases } from '../../introspect/databases.ts';
import { renderDeclaration } from '../golden.ts';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../../../../../matrix/mikro-orm-7');
const node = join(folder, 'node_modules/node-22/bin/node');
const isInstalled = existsSync(node);

test('CI installs MikroORM 7 (npm run matrix:mikro-orm-7); elsewhere the rest is skipped without it', () => {
  expect(isInstalled || process.env.CI === undefined).toBe(true);
});

describe.runIf(isInstalled)('in a process of Node 22', () => {
  const databases = useDatabases();
  let declaration: Declaration;
  let sql: string;
  beforeAll(() => {
    const said = execFileSync(node, [join(folder, 'declare.mjs')], { cwd: folder, encoding: 'utf8' });
    ({ declaration, sql } = JSON.parse(said));
  }, 120_000);

  test('declares what declared.txt says', async () => {
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(folder, 'declared.txt'));
  });

  test('is what MikroORM builds: nothing missing, nothing unequal, nothing unexpected', async () => {
    const elaborated = await elaborate(declaration.catalog, await databases.make());
    const { catalog } = await readCatalog(await databases.make(sql));
    const { silence } = declaration;
    expect(compare(withoutPublic(elaborated), withoutPublic(catalog), { silence })).toEqual([]);
  });
});

/** Every database has a schema of that name, whether or not a table of the entities lies there. */
function withoutPublic({ objects }: Catalog): Catalog {
  return makeCatalog(objects.filter((each) => each.kind !== 'schema' || each.schema !== 'public'));
}
