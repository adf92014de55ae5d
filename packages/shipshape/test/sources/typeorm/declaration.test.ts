// What TypeORM's entities declare: as text for people, and against what TypeORM itself builds from them.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadModules } from '../../../src/code/modules.ts';
import { compare } from '../../../src/compare/compare.ts';
import { adoptSpelling } from '../../../src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { typeorm } from '../../../src/sources/typeorm/index.ts';
import { renderDeclaration } from '../golden.ts';

const fixtures = join(dirname(fileURLToPath(import.meta.url)), 'fixtures');
let server: ScratchServer;
beforeAll(async () => {
  server = await startScratchServer();
});
afterAll(() => server.stop());

const projects = {
  shop: { models: 'src/data-source.ts', exported: 'AppDataSource' },
} as const;

describe.each(Object.entries(projects))('%s', (name, { models, exported }) => {
  const root = join(fixtures, name);

  test('reads as its golden declaration', async () => {
    const declaration = await typeorm({ dataSource: models, root }).declare({ origins: true });
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(root, 'declared.txt'));
  });

  test('is what TypeORM builds: nothing missing, nothing unequal, nothing unexpected', async () => {
    const declaration = await typeorm({ dataSource: models, root }).declare({ origins: false });
    const built = await connect(await build(root, models, exported));
    const scratch = await connect(await server.createDatabase());
    try {
      const { catalog } = await readCatalog(built);
      const elaborated = await elaborate(declaration.catalog, scratch);
      const declared = await adoptSpelling(elaborated, catalog, scratch);
      const differences = compare(declared, catalog, { silence: declaration.silence });
      expect(
        differences.filter(({ kind, address }) => !(kind === 'unexpected' && isLedger(address))),
      ).toEqual([]);
    } finally {
      await Promise.all([built.close(), scratch.close()]);
    }
  });
});

/** TypeORM keeps expressions of generated columns and views in a table of its own. */
function isLedger(address: { readonly kind: string; readonly name?: string }): boolean {
  return address.kind === 'table' && address.name === 'typeorm_metadata';
}

/** By TypeORM's own synchronisation. */
async function build(root: string, models: string, exported: string): Promise<string> {
  const url = await server.createDatabase();
  const { modules } = await loadModules('typeorm', root, [models]);
  const [module] = modules;
  if (module === undefined) throw new Error(`${models} was not loaded`);
  const { options } = module.exports[exported] as DataSource;
  const session = await connect(url);
  await session.query('CREATE SCHEMA sales');
  await session.close();
  const at = new URL(url.replace('postgres://postgres@/', 'postgres://postgres@localhost/'));
  const source = new DataSource({
    ...options,
    url: undefined,
    host: at.searchParams.get('host'),
    port: Number(at.searchParams.get('port')),
    username: 'postgres',
    database: at.pathname.slice(1),
  } as unknown as DataSourceOptions);
  await source.initialize();
  await source.synchronize();
  await source.destroy();
  return url;
}
