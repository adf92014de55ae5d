// The sequelize source: models of Sequelize, live or as files.
import { relative, sep } from 'node:path';
import type { Options } from 'sequelize';
import type { Source } from '../../catalog/index.ts';
import { loadModules } from '../../code/modules.ts';
import { withLines } from '../../code/with-lines.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { declareModels } from './declare.ts';
import { defineModels } from './define.ts';
import { type Exported, type ExportedModule, findExported } from './exported.ts';
import { readOrigins } from './origins.ts';
import { assertSupported, type ImportBeside, importPeer, modelsOf, type Sequelize } from './orm.ts';

export interface SequelizeOptions {
  /**
   * The instance itself, an object or array that holds instances or models, or files: paths, folders or patterns,
   * relative to `root`, of a module that exports the instance (`models/index.js`), or of the models themselves.
   */
  readonly models: object | string | readonly string[];
  /** As given to `new Sequelize()` itself (`define`, `schema`), where only the models' files are named. */
  readonly options?: Options;
  /** The project's folder; the current one by default. */
  readonly root?: string;
}

/**
 * Models of Sequelize 6, and of sequelize-typescript 2. Nothing is connected. With a live instance nothing is loaded;
 * files are loaded as the app loads them.
 */
export function sequelize({ models, options = {}, root = process.cwd() }: SequelizeOptions): Source {
  return {
    name: 'sequelize',
    async declare({ origins }) {
      const { modules, importBeside } = await readModules(models, root);
      const files = modules.flatMap(({ file }) => file ?? []);
      const shown = (file: string): string => relative(root, file).split(sep).join('/');
      const where = files.length === 0 ? 'the models' : files.map(shown).join(', ');
      const exported = findExported(modules);
      const instances =
        exported.instances.length === 0 && exported.makers.length + exported.loose.length > 0
          ? [await defineModels(exported, options, where, importBeside, shown)]
          : exported.instances;
      const { placed, ...declared } = declareModels(ofPostgres(instances, exported, where));
      return withLines(declared, {
        wanted: origins,
        root,
        hasFiles: files.length > 0,
        read: (code) => readOrigins(code, placed, files),
      });
    },
  };
}

interface ReadModules {
  readonly modules: readonly ExportedModule[];
  readonly importBeside: ImportBeside;
}

async function readModules(models: SequelizeOptions['models'], root: string): Promise<ReadModules> {
  if (typeof models === 'string') return loadModules('sequelize', root, [models]);
  if (Array.isArray(models) && models.every((each): each is string => typeof each === 'string'))
    return loadModules('sequelize', root, models);
  return { modules: [{ file: null, exports: models }], importBeside: importPeer };
}

/** Throws ShipshapeError (`models-empty`, `orm-not-supported`). */
function ofPostgres(instances: readonly Sequelize[], { others }: Exported, where: string) {
  for (const instance of instances) assertSupported(instance.constructor);
  const own = instances.filter((instance) => instance.getDialect() === 'postgres');
  const models = own.flatMap(modelsOf);
  if (models.length > 0) return models;
  const foreign = instances
    .filter((instance) => !own.includes(instance))
    .flatMap((instance) => modelsOf(instance).map(({ name }) => name));
  throw new ShipshapeError([
    makeFinding('models-empty', { source: 'sequelize', where, exports: others, foreign }),
  ]);
}
