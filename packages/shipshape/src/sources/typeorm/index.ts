// The typeorm source: entities of TypeORM, by a live data source or as files.
import { relative, sep } from 'node:path';
import type { DataSource, DataSourceOptions } from 'typeorm';
import { makeCatalog, type Source } from '../../catalog/index.ts';
import { loadModules, type Models } from '../../code/modules.ts';
import { openCode } from '../../code/origins.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { declareEntities } from './declare.ts';
import { type Exported, type ExportedModule, findExported } from './exported.ts';
import { type ImportBeside, importPeer, loadOrm, type Orm } from './orm.ts';
import { silences } from './silence.ts';
import type { Told } from './told.ts';

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
 * Entities of TypeORM 0.3 and 1. Nothing is connected. With a live data source nothing is loaded; files are loaded as the
 * app loads them, and patterns among the data source's own `entities` with them.
 */
export function typeorm({ dataSource, options = {}, root = process.cwd() }: TypeormOptions): Source {
  return {
    name: 'typeorm',
    async declare({ origins }) {
      const { modules, importBeside } = await readModules(dataSource, root);
      const shown = (file: string): string => relative(root, file).split(sep).join('/');
      const files = modules.flatMap(({ file }) => (file === null ? [] : [file]));
      const where = files.length === 0 ? 'the data source' : files.map(shown).join(', ');
      const orm = await loadOrm(where, importBeside);
      const exported = await findExported(orm, modules);
      const sources = await resolveSources(orm, exported, options, root, where);
      const told: Told[] = [];
      const unqualified: string[] = [];
      const silence = [...silences];
      const read = [...files];
      for (const { source, loaded } of sources) {
        const declared = await declareEntities(orm, source, where);
        told.push(...declared.told);
        unqualified.push(...declared.unqualified);
        silence.push(...declared.silence);
        read.push(...loaded);
      }
      if (!told.some(({ object }) => object.kind === 'table')) throw empty(exported, where);
      return {
        catalog: makeCatalog(
          new Map(told.map((each) => [JSON.stringify(each.object), each.object])).values(),
        ),
        silence,
        unqualified,
        origin: origins ? await readLines(told, read, root) : {},
      };
    },
  };
}

async function readLines(told: readonly Told[], files: readonly string[], root: string) {
  const code = files.length === 0 ? null : await openCode(root);
  if (code === null) return {};
  const { readOrigins } = await import('./origins.ts');
  return readOrigins(code, told, files);
}

async function readModules(
  dataSource: TypeormOptions['dataSource'],
  root: string,
): Promise<{ readonly modules: readonly ExportedModule[]; readonly importBeside: ImportBeside }> {
  if (typeof dataSource === 'string') return loadModules('typeorm', root, [dataSource]);
  if (Array.isArray(dataSource)) return loadModules('typeorm', root, dataSource);
  return { modules: [{ file: null, exports: { dataSource } }], importBeside: importPeer };
}

interface Resolved {
  readonly source: DataSource;
  /** Files that were loaded for the patterns among its entities. */
  readonly loaded: readonly string[];
}

/** Data sources of PostgreSQL with all of their entities at hand; one is made where only entities are exported. */
async function resolveSources(
  orm: Orm,
  exported: Exported,
  options: Partial<DataSourceOptions>,
  root: string,
  where: string,
): Promise<readonly Resolved[]> {
  if (exported.sources.length === 0) {
    if (exported.entities.length === 0) throw empty(exported, where);
    const entities = exported.entities as never;
    return [
      {
        source: new orm.DataSource({ ...options, type: 'postgres', entities } as DataSourceOptions),
        loaded: [],
      },
    ];
  }
  const own = exported.sources.filter(({ options: { type } }) => isPostgres(type));
  if (own.length === 0) throw empty(exported, where);
  return Promise.all(own.map((source) => withEntities(orm, source, root)));
}

function isPostgres(type: string): boolean {
  return type === 'postgres' || type === 'aurora-postgres' || type === 'cockroachdb';
}

/** TypeORM would load patterns by itself, without knowing TypeScript: they are loaded as all other files. */
async function withEntities(orm: Orm, source: DataSource, root: string): Promise<Resolved> {
  const entities = Object.values(source.options.entities ?? []) as readonly unknown[];
  const patterns = entities.filter((each): each is string => typeof each === 'string');
  if (patterns.length === 0) return { source, loaded: [] };
  const models: Models = await loadModules('typeorm', root, patterns);
  const found = await findExported(orm, models.modules);
  const all = [...entities.filter((each) => typeof each !== 'string'), ...found.entities];
  const { subscribers: _s, migrations: _m, ...options } = source.options;
  return {
    source: new orm.DataSource({ ...options, entities: all } as DataSourceOptions),
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
