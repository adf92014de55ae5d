// Packages of others that ship models and migrations: what `check` says about each is what docs/field-notes.md explains.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../packages/shipshape/src/catalog/index.ts';
import { compare } from '../../packages/shipshape/src/compare/compare.ts';
import { diagnoseForgotten } from '../../packages/shipshape/src/diagnose/forgotten.ts';
import { adoptSpelling } from '../../packages/shipshape/src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../packages/shipshape/src/elaborate/elaborate.ts';
import { readCatalog } from '../../packages/shipshape/src/introspect/read-catalog.ts';
import { connect } from '../../packages/shipshape/src/postgres/connect.ts';
import { mikroOrm } from '../../packages/shipshape/src/sources/mikro-orm/index.ts';

const here = dirname(fileURLToPath(import.meta.url));
const field = join(here, '../../matrix/field');
const isInstalled = existsSync(join(field, 'node_modules'));

test('CI installs the packages (npm run matrix:field); elsewhere the rest is skipped without them', () => {
  expect(isInstalled || process.env.CI === undefined).toBe(true);
});

describe.runIf(isInstalled)('models of @medusajs, and the migrations they ship', () => {
  let server: ScratchServer;
  beforeAll(async () => {
    server = await startScratchServer();
  });
  afterAll(() => server.stop());

  test.each(['promotion', 'fulfillment', 'product', 'inventory'])(
    '%s',
    async (name) => {
      const declaration = await mikroOrm({ config: `${name}.config.mjs`, root: field }).declare({
        origins: true,
      });
      const migrated = await migrate(await server.createDatabase(), name);
      const scratch = await connect(await server.createDatabase());
      const elaborated = await elaborate(declaration.catalog, scratch);
      const declared = await adoptSpelling(elaborated, migrated, scratch);
      await scratch.close();
      const { silence } = declaration;
      const findings = diagnoseForgotten(
        compare(declared, migrated, { silence }),
        { ...declaration, catalog: declared },
        migrated,
      );
      const lines = findings.map(({ severity, what }) => `${severity}: ${what}\n`);
      await expect(lines.join('')).toMatchFileSnapshot(join(here, `${name}.txt`));
    },
    120_000,
  );
});

/** The module's own migrations, run by its own tool. */
async function migrate(url: string, name: string): Promise<Catalog> {
  const { host, port, user, database } = new pg.Client(url);
  const given = [name, host, String(port), user ?? '', database ?? ''];
  const applied = execFileSync(process.execPath, [join(field, 'migrate.mjs'), ...given], {
    cwd: field,
    encoding: 'utf8',
    timeout: 60_000,
  });
  expect(applied.trim().split('\n').length).toBeGreaterThan(2);
  const session = await connect(url);
  try {
    return (await readCatalog(session)).catalog;
  } finally {
    await session.close();
  }
}
