// The mikro-orm source: entities of MikroORM, live or as files.
import { relative, sep } from 'node:path';
import type { Source } from '../../catalog/index.ts';
import { loadModules } from '../../code/modules.ts';
import { withLines } from '../../code/with-lines.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { type Declared, declareEntities } from './declare.ts';
import { type Exported, type ExportedModule, findExported, type Options } from './exported.ts';
import { type Files, openOrm } from './open-orm.ts';
import { readOrigins } from './origins.ts';
import { entitiesOf, importPeer, loadOrm, type MikroOrm, type Orm } from './orm.ts';

export interface MikroOrmOptions {
  /**
   * An initialised MikroORM or its options, live; or files, as paths, folders or patterns relative to `root`, that export
   * options (`mikro-orm.config.ts`: an object, a function, a promise, or an array of these) or entities.
   */
  readonly config: object | string | readonly string[];
  /** As given to `MikroORM.init()` itself (`namingStrategy`, `schema`), where only entity files are named. */
  readonly options?: object;
  /** The project's folder; the current one by default. */
  readonly root?: string;
}

/**
 * Entities of MikroORM 6 and 7 as its own schema generator understands them; nothing is connected. With a live MikroORM
 * nothing is loaded; files are loaded as the app loads them.
 */
export function mikroOrm({ config, options = {}, root = process.cwd() }: MikroOrmOptions): Source {
  return {
    name: 'mikro-orm',
    async declare({ origins }) {
      const files = new Set<string>();
      const { placed, entities, ...declared } = isPaths(config)
        ? await declareFiles(typeof config === 'string' ? [config] : config, options as Options, root, files)
        : await declareLive(config);
      return withLines(declared, {
        wanted: origins,
        root,
        hasFiles: files.size > 0,
        read: (code) => readOrigins(code, placed, entities, [...files]),
      });
    },
  };
}

/** `files` is told every file that is loaded. */
async function declareFiles(
  patterns: readonly string[],
  options: Options,
  root: string,
  files: Set<string>,
): Promise<Declared> {
  const { modules, importBeside, importFile } = await loadModules('mikro-orm', root, patterns);
  for (const { file } of modules) files.add(file);
  const where = modules.map(({ file }) => relative(root, file).split(sep).join('/')).join(', ');
  const orm = await loadOrm(where, importBeside);
  const exported = await findExported(modules, orm.core);
  const load = (file: string): Promise<unknown> => {
    files.add(file);
    return importFile(file);
  };
  return declareAll(orm, exported, options, where, { root, load });
}

async function declareLive(config: object): Promise<Declared> {
  const where = 'the configuration';
  const modules: readonly ExportedModule[] = [{ file: null, exports: config }];
  const exported = await findExported(modules, null);
  if (exported.configs.length === 0) return declareOpened(exported.orms, exported, where);
  return declareAll(await loadOrm(where, importPeer), exported, {}, where, null);
}

async function declareAll(
  orm: Orm,
  exported: Exported,
  options: Options,
  where: string,
  files: Files | null,
): Promise<Declared> {
  const { orms, configs, entities } = exported;
  const opened = [...orms];
  for (const config of configs) opened.push(await openOrm(orm, config, where, files));
  // Entities beside a configuration are those that it names.
  if (opened.length === 0 && entities.length > 0)
    opened.push(await openOrm(orm, { ...options, entities }, where, files));
  return declareOpened(opened, exported, where);
}

/** Throws ShipshapeError (`models-empty`). */
function declareOpened(opened: readonly MikroOrm[], { others }: Exported, where: string): Declared {
  const own = opened.filter(isPostgres);
  const declared = declareEntities(own);
  if (declared.placed.length > 0) return declared;
  const foreign = opened
    .filter((each) => !own.includes(each))
    .flatMap((each) => entitiesOf(each).map(({ className }) => className));
  throw new ShipshapeError([
    makeFinding('models-empty', { source: 'mikro-orm', where, exports: others, foreign }),
  ]);
}

function isPostgres({ config }: MikroOrm): boolean {
  const platform = config.getDriver().getPlatform();
  return platform.getDefaultSchemaName() === 'public' && platform.supportsNativeEnums?.() === true;
}

function isPaths(config: MikroOrmOptions['config']): config is string | readonly string[] {
  return (
    typeof config === 'string' || (Array.isArray(config) && config.every((each) => typeof each === 'string'))
  );
}
