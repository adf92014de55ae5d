// What TypeORM's entities declare: as text for people, and against what TypeORM itself builds from them.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ScratchServer, startScratchServer } from 'shipshape-embedded';
import { DataSource, type DataSourceOptions, EntitySchema, getMetadataArgsStorage } from 'typeorm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Address } from '../../../src/catalog/index.ts';
import { type LoadedModule, loadModules } from '../../../src/code/modules.ts';
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

interface Project {
  readonly models: string | readonly string[];
  /** The data source that is built from it. */
  readonly source: (modules: readonly LoadedModule[]) => DataSource;
}

const entitiesOf = (modules: readonly LoadedModule[]): readonly unknown[] =>
  modules.flatMap(({ exports }) => Object.values(exports)).filter((each) => isEntity(each));

const projects: Readonly<Record<string, Project>> = {
  shop: {
    models: 'src/data-source.ts',
    source: ([module]) => module?.exports.AppDataSource as DataSource,
  },
  kitchen: {
    models: ['src/**/*.entity.ts', 'src/content/views.ts'],
    source: (modules) =>
      new DataSource({ type: 'postgres', entities: entitiesOf(modules) } as DataSourceOptions),
  },
  crm: {
    models: 'src/data-source.ts',
    source: ([module]) => module?.exports.default as DataSource,
  },
};

describe.each(Object.entries(projects))('%s', (name, { models, source }) => {
  const root = join(fixtures, name);

  test('reads as its golden declaration', async () => {
    const declaration = await typeorm({ dataSource: models, root }).declare({ origins: true });
    await expect(renderDeclaration(declaration)).toMatchFileSnapshot(join(root, 'declared.txt'));
  });

  test('is what TypeORM builds: nothing missing, nothing unequal, nothing unexpected', async () => {
    const declaration = await typeorm({ dataSource: models, root }).declare({ origins: false });
    const built = await connect(await build(root, models, source));
    const scratch = await connect(await server.createDatabase());
    try {
      const { catalog } = await readCatalog(built);
      const elaborated = await elaborate(declaration.catalog, scratch);
      const declared = await adoptSpelling(elaborated, catalog, scratch);
      const differences = compare(declared, catalog, { silence: declaration.silence });
      expect(
        differences.filter(({ kind, address }) => !(kind === 'unexpected' && isSetAside(address))),
      ).toEqual([]);
    } finally {
      await Promise.all([built.close(), scratch.close()]);
    }
  });
});

function isEntity(value: unknown): boolean {
  const decorated = getMetadataArgsStorage().tables.some(({ target }) => target === value);
  return decorated || value instanceof EntitySchema;
}

/** TypeORM keeps expressions of generated columns and views in a table of its own; every database has a schema `public`. */
function isSetAside(address: Address): boolean {
  return (
    (address.kind === 'table' && address.name === 'typeorm_metadata') ||
    (address.kind === 'schema' && address.schema === 'public')
  );
}

/** By TypeORM's own synchronisation. */
async function build(root: string, models: Project['models'], sourceOf: Project['source']): Promise<string> {
  const url = await server.createDatabase();
  // The declaration has loaded them, and one process loads a file once: nothing is connected by that.
  const { modules } = await loadModules('typeorm', root, [models].flat());
  const { migrations: _m, subscribers: _s, ...options } = sourceOf(modules).options;
  const files = Object.values(options.entities ?? []).filter((each) => typeof each === 'string');
  const entities =
    files.length === 0
      ? options.entities
      : entitiesOf((await loadModules('typeorm', root, files as string[])).modules);
  const session = await connect(url);
  await session.query(readFileSync(join(root, 'before.sql'), 'utf8'));
  await session.close();
  const at = new URL(url.replace('postgres://postgres@/', 'postgres://postgres@localhost/'));
  const source = new DataSource({
    ...options,
    entities,
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
