// The drizzle source: tables declared for drizzle-orm, live or as files.
import { relative, sep } from 'node:path';
import type { Source } from '../../catalog/index.ts';
import { loadModules } from '../../code/modules.ts';
import { withLines } from '../../code/with-lines.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { declareModels } from './declare.ts';
import { type Casing, makeDialect } from './dialect.ts';
import { type Exported, type ExportedModule, findExported } from './exported.ts';
import { readOrigins } from './origins.ts';
import { type ImportBeside, importPeer, loadOrm } from './orm.ts';

export interface DrizzleOptions {
  /**
   * The module itself (`import * as schema from './db/schema.js'`), or the files that export the tables: paths, folders
   * or patterns, relative to `root`.
   */
  readonly schema: object | string | readonly string[];
  /** As given to `drizzle()` itself, where columns are not named by hand. */
  readonly casing?: Casing;
  /** The project's folder; the current one by default. */
  readonly root?: string;
}

/**
 * Tables declared with drizzle-orm 0.44 and 0.45. With a live module nothing is loaded but drizzle-orm; files are loaded
 * as the app loads them, and lines come from TypeScript's own parser, where the project has it.
 */
export function drizzle(options: DrizzleOptions): Source {
  const root = options.root ?? process.cwd();
  return {
    name: 'drizzle',
    async declare({ origins, extent = 'whole' }) {
      const shown = (file: string): string => relative(root, file).split(sep).join('/');
      const { modules, importBeside } = await readModules(options.schema, root);
      const files = modules.flatMap(({ file }) => (file === null ? [] : [shown(file)]));
      const where = files.length === 0 ? 'the schema module' : files.join(', ');
      const orm = await loadOrm(where, importBeside);
      const exported = findExported(orm, modules);
      if (exported.tables.length === 0) throw empty(modules, exported, where);
      const { placed, ...declared } = declareModels(
        makeDialect(orm, options.casing),
        exported,
        extent,
        shown,
      );
      return withLines(declared, {
        wanted: origins,
        root,
        hasFiles: files.length > 0,
        read: (code) => readOrigins(code, placed()),
      });
    },
  };
}

interface ReadModules {
  readonly modules: readonly ExportedModule[];
  readonly importBeside: ImportBeside;
}

async function readModules(schema: DrizzleOptions['schema'], root: string): Promise<ReadModules> {
  if (typeof schema !== 'string' && !isPaths(schema))
    return {
      modules: [{ file: null, exports: schema as Readonly<Record<string, unknown>> }],
      importBeside: importPeer,
    };
  return loadModules('drizzle', root, typeof schema === 'string' ? [schema] : schema);
}

function isPaths(schema: object): schema is readonly string[] {
  return Array.isArray(schema);
}

function empty(modules: readonly ExportedModule[], { foreign }: Exported, where: string): ShipshapeError {
  const exports = modules.flatMap((module) => Object.keys(module.exports));
  return new ShipshapeError([makeFinding('models-empty', { source: 'drizzle', where, exports, foreign })]);
}
