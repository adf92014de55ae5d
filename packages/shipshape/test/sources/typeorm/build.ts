// The fixture projects, and the databases that TypeORM itself builds from them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource, DataSourceOptions } from 'typeorm';
import type { Address, Catalog, Declaration } from '../../../src/catalog/index.ts';
import { type LoadedModule, loadModules } from '../../../src/code/modules.ts';
import { compare } from '../../../src/compare/compare.ts';
import type { Difference } from '../../../src/compare/difference.ts';
import { adoptSpelling } from '../../../src/elaborate/adopt-spelling.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { readCatalog } from '../../../src/introspect/read-catalog.ts';
import { connect } from '../../../src/postgres/connect.ts';
import { urlOf } from './server.ts';

export interface Project {
  readonly models: string | readonly string[];
  /** The export that is the data source; where there is none, one is made of the entities. */
  readonly source: string | null;
}

export const projects: Readonly<Record<string, Project>> = {
  shop: { models: 'src/data-source.ts', source: 'AppDataSource' },
  kitchen: { models: ['src/**/*.entity.ts', 'src/content/views.ts'], source: null },
  crm: { models: 'src/data-source.ts', source: 'default' },
};

/** What TypeORM builds and the declaration does not say, or the other way round. */
export async function differences(
  declaration: Declaration,
  built: Catalog,
  scratchUrl: string,
): Promise<readonly Difference[]> {
  const scratch = await connect(scratchUrl);
  try {
    const elaborated = await elaborate(declaration.catalog, scratch);
    const declared = await adoptSpelling(elaborated, built, scratch);
    return compare(declared, built, { silence: declaration.silence }).filter(
      ({ kind, address }) => !(kind === 'unexpected' && isSetAside(address)),
    );
  } finally {
    await scratch.close();
  }
}

/** TypeORM keeps expressions of generated columns and views in a table of its own; every database has a schema `public`. */
function isSetAside(address: Address): boolean {
  return (
    (address.kind === 'table' && address.name === 'typeorm_metadata') ||
    (address.kind === 'schema' && address.schema === 'public')
  );
}

/** By the synchronisation of the TypeORM that the project has. `url` leads to an empty database. */
export async function build(root: string, { models, source }: Project, url: string): Promise<Catalog> {
  // The declaration has loaded them, and one process loads a file once: nothing is connected by that.
  const { modules, importBeside } = await loadModules('typeorm', root, [models].flat());
  const orm = (await importBeside('typeorm')) as typeof import('typeorm');
  const made = source === null ? null : (modules[0]?.exports[source] as DataSource);
  const { migrations: _m, subscribers: _s, ...options } = made?.options ?? { type: 'postgres' };
  const files = Object.values(options.entities ?? []).filter((each) => typeof each === 'string');
  const loaded = files.length === 0 ? modules : (await loadModules('typeorm', root, files)).modules;
  const entities = files.length > 0 || made === null ? entitiesOf(orm, loaded) : options.entities;
  const session = await connect(url);
  try {
    await session.query(readFileSync(join(root, 'before.sql'), 'utf8'));
    const real = new orm.DataSource({
      ...options,
      entities,
      url: undefined,
      ...urlOf(url),
    } as unknown as DataSourceOptions);
    await real.initialize();
    await real.synchronize();
    await real.destroy();
    return (await readCatalog(session)).catalog;
  } finally {
    await session.close();
  }
}

function entitiesOf(orm: typeof import('typeorm'), modules: readonly LoadedModule[]): readonly unknown[] {
  const decorated = new Set<unknown>(orm.getMetadataArgsStorage().tables.map(({ target }) => target));
  return modules
    .flatMap(({ exports }) => Object.values(exports))
    .filter((each) => decorated.has(each) || each instanceof orm.EntitySchema);
}
