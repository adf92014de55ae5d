// Packages of others that ship models and migrations: what `check` says about each is what docs/field-notes.md explains.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { adoptEnumNames, type Catalog, type Source } from '../../packages/shipshape/src/catalog/index.ts';
import { compareModels } from '../../packages/shipshape/src/compare/compare-models.ts';
import { diagnoseForgotten } from '../../packages/shipshape/src/diagnose/forgotten.ts';
import { adoptSpelling } from '../../packages/shipshape/src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../packages/shipshape/src/elaborate/elaborate.ts';
import { readCatalog } from '../../packages/shipshape/src/introspect/read-catalog.ts';
import { connect } from '../../packages/shipshape/src/postgres/connect.ts';
import { mikroOrm } from '../../packages/shipshape/src/sources/mikro-orm/index.ts';
import { typeorm } from '../../packages/shipshape/src/sources/typeorm/index.ts';

const here = dirname(fileURLToPath(import.meta.url));
const field = join(here, '../../matrix/field');
const isInstalled = existsSync(join(field, 'node_modules'));

test('CI installs the packages (npm run matrix:field); elsewhere the rest is skipped without them', () => {
  expect(isInstalled || process.env.CI === undefined).toBe(true);
});

interface Package {
  readonly source: Source;
  /** Runs its own migrations with its own tool: a program of `matrix/field`, and what it is given first. */
  readonly migrate: readonly string[];
}

/** What their tools keep for themselves. */
const ledgers = ['mikro_orm_migrations', 'migrations'];

const medusa = (name: string): Package => ({
  source: mikroOrm({ config: `${name}.config.mjs`, root: field }),
  migrate: ['migrate.mjs', name],
});
const packages: Readonly<Record<string, Package>> = {
  promotion: medusa('promotion'),
  fulfillment: medusa('fulfillment'),
  product: medusa('product'),
  inventory: medusa('inventory'),
  jackson: {
    source: typeorm({ dataSource: 'jackson.source.mjs', root: field }),
    migrate: ['migrate-jackson.mjs'],
  },
};

describe.runIf(isInstalled)('the models of a package, and the migrations it ships', () => {
  let server: ScratchServer;
  beforeAll(async () => {
    server = await startScratchServer();
  });
  afterAll(() => server.stop());

  test.each(Object.keys(packages))(
    '%s',
    async (name) => {
      const { source, migrate } = packages[name] as Package;
      const read = await source.declare({ origins: true });
      const migrated = await runMigrations(await server.createDatabase(), migrate);
      const declaration = adoptEnumNames(read, migrated);
      const scratch = await connect(await server.createDatabase());
      const elaborated = await elaborate(declaration.catalog, scratch);
      const declared = await adoptSpelling(elaborated, migrated, scratch);
      await scratch.close();
      const compared = compareModels(declared, migrated, declaration.silence);
      const findings = diagnoseForgotten(
        compared.differences,
        { ...declaration, catalog: compared.declared },
        compared.migrated,
      );
      const lines = findings
        .filter(({ what }) => !ledgers.some((ledger) => what.startsWith(`table ${ledger} `)))
        .map(({ severity, what }) => `${severity}: ${what}\n`);
      await expect(lines.join('')).toMatchFileSnapshot(join(here, `${name}.txt`));
    },
    120_000,
  );
});

async function runMigrations(url: string, [program = '', ...first]: readonly string[]): Promise<Catalog> {
  const { host, port, user, database } = new pg.Client(url);
  const given = [...first, host, String(port), user ?? '', database ?? ''];
  const applied = execFileSync(process.execPath, [join(field, program), ...given], {
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
