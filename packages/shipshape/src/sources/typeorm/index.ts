// The typeorm source: entities of TypeORM, by a live data source or as files.
import { relative, sep } from 'node:path';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { type Declaration, makeCatalog, type OriginsWanted, type Source } from '../../catalog/index.ts';
import { loadModules, type Models } from '../../code/modules.ts';
import { withLines } from '../../code/with-lines.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { makeCollection } from './collect.ts';
import { declareEntities } from './declare.ts';
import { type Exported, type ExportedModule, findExported, withoutFiles } from './exported.ts';
import { classOf, findOrm, type ImportBeside, importPeer, loadOrm, type Orm } from './orm.ts';
import { silences } from './silence.ts';
import { holdConnections } from './unconnected.ts';

export interface TypeormOptions {
  /**
   * The data source itself, or files: paths, folders or patterns, relative to `root`, of a module that exports it
   * (`src/data-source.ts`), or of the entities themselves.
   */
  readonly dataSource: DataSource | string | readonly string[];
  /** As given to `new DataSource()` itself (`namingStrategy`, `schema`), where only the entities' files are named. */
  readonly options?: Partial<DataSourceOptions>;
  /** The project's folder; the current one by default. */
  readonly root?: string;
}

/**
 * Entities of TypeORM 0.3 and 1. Nothing is connected, and neither migrations nor subscribers are loaded. Files are loaded
 * as the app loads them, and patterns among the data source's own `entities` with them; a live data source loads its own
 * patterns, as it does when it connects.
 */
export function typeorm({ dataSource, options = {}, root = process.cwd() }: TypeormOptions): Source {
  return {
    name: 'typeorm',
    async declare({ origins }) {
      const held: (() => void)[] = [];
      try {
        return await declare(origins, (release) => held.push(release));
      } finally {
        for (const release of held) release();
      }
    },
  };

  async function declare(origins: OriginsWanted, hold: (release: () => void) => void): Promise<Declaration> {
    const { modules, importBeside, exporterOf } = await readModules(dataSource, root, hold);
    const shown = (file: string): string => relative(root, file).split(sep).join('/');
    const files = modules.flatMap(({ file }) => (file === null ? [] : [file]));
    const where = files.length === 0 ? 'the data source' : files.map(shown).join(', ');
    const orm = await loadOrm(where, importBeside);
    const exported = await findExported(orm, modules);
    const sources = await resolveSources(orm, exported, { options, root, where, isLive: files.length === 0 });
    const collection = makeCollection();
    for (const { source } of sources) await declareEntities(orm, source, where, collection);
    const { told, silence, unqualified } = collection;
    if (!told.some(({ object }) => object.kind === 'table')) throw empty(exported, where);
    const loaded = [...files, ...sources.flatMap((each) => each.loaded)];
    const declared = {
      catalog: makeCatalog(told.map(({ object }) => object)),
      silence: [...silences, ...silence],
      unqualified: [...unqualified].sort(),
    };
    return withLines(declared, {
      wanted: origins,
      root,
      hasFiles: loaded.length > 0,
      read: async (code) => {
        const { readOrigins } = await import('./origins.ts');
        return readOrigins(code, told, { files: loaded, exporterOf });
      },
    });
  }
}

interface Opened {
  readonly modules: readonly ExportedModule[];
  readonly importBeside: ImportBeside;
  readonly exporterOf: Models['exporterOf'];
}

async function readModules(
  dataSource: TypeormOptions['dataSource'],
  root: string,
  hold: (release: () => void) => void,
): Promise<Opened> {
  const patterns = typeof dataSource === 'string' ? [dataSource] : dataSource;
  if (!Array.isArray(patterns))
    return {
      modules: [{ file: null, exports: { dataSource } }],
      importBeside: importPeer,
      exporterOf: () => null,
    };
  return loadModules('typeorm', root, patterns, async (importBeside) => {
    const orm = await findOrm(importBeside);
    if (orm !== null) hold(holdConnections(orm));
  });
}

interface Resolved {
  readonly source: DataSource;
  /** Files that were loaded for the patterns among its entities. */
  readonly loaded: readonly string[];
}

interface Scene {
  readonly options: Partial<DataSourceOptions>;
  readonly root: string;
  readonly where: string;
  readonly isLive: boolean;
}

/** Data sources of PostgreSQL with all of their entities at hand; one is made where only entities are exported. */
async function resolveSources(orm: Orm, exported: Exported, scene: Scene): Promise<readonly Resolved[]> {
  if (exported.sources.length === 0) {
    if (exported.entities.length === 0) throw empty(exported, scene.where);
    const options = { ...scene.options, type: 'postgres', entities: exported.entities } as DataSourceOptions;
    return [{ source: new orm.DataSource(withoutFiles(options)), loaded: [] }];
  }
  const own = exported.sources.filter(({ options: { type } }) => isPostgres(type));
  if (own.length === 0) throw empty(exported, scene.where);
  return Promise.all(
    own.map((source) => (scene.isLive ? aside(source) : withEntities(orm, source, scene.root))),
  );
}

function isPostgres(type: string): boolean {
  return type === 'postgres' || type === 'aurora-postgres';
}

/** A connected data source has read its entities; of another a twin reads them, and leaves it as it is. */
function aside(source: DataSource): Resolved {
  if (source.isInitialized) return { source, loaded: [] };
  const Twin = classOf(source);
  return { source: new Twin(withoutFiles(source.options)), loaded: [] };
}

/** TypeORM would load patterns by itself, without knowing TypeScript: they are loaded as all other files. */
async function withEntities(orm: Orm, source: DataSource, root: string): Promise<Resolved> {
  const entities = Object.values(source.options.entities ?? []) as readonly unknown[];
  const patterns = entities.filter((each): each is string => typeof each === 'string');
  const options = withoutFiles(source.options);
  const Twin = classOf(source);
  if (patterns.length === 0) return { source: new Twin(options), loaded: [] };
  const models = await loadModules('typeorm', root, patterns);
  const found = await findExported(orm, models.modules);
  const all = [...entities.filter((each) => typeof each !== 'string'), ...found.entities];
  return {
    source: new Twin({ ...options, entities: all } as DataSourceOptions),
    loaded: models.modules.map(({ file }) => file),
  };
}

function empty({ others, sources }: Exported, where: string): ShipshapeError {
  const foreign = sources
    .filter(({ options: { type } }) => !isPostgres(type))
    .map(({ options: { type } }) => `a data source of ${type}`);
  return new ShipshapeError([
    makeFinding('models-empty', { source: 'typeorm', where, exports: others, foreign }),
  ]);
}
