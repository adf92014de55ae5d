// openEngine: Prisma's own schema engine, as WebAssembly, without a database.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { SchemaFile } from './schema.ts';

/** The release whose calls and output this source was written for. */
export const engineVersion = '7.10.0-4.0edf323efd1d98336f3f0a68684b56f689b900d3';
const enginePackage = '@prisma/schema-engine-wasm';

export interface Engine {
  /**
   * The script that `prisma migrate` would write to build the schema in an empty database. Throws an Error whose `code`
   * is `P1012` for a schema that Prisma refuses, with all of its messages in one text.
   */
  printScript(files: readonly SchemaFile[]): Promise<string>;
}

/** The bindings of a package are one module, so its memory is one as well. */
const opened = new Map<string, Promise<Engine>>();

/**
 * Finds the engine from the project, or beside Shipshape. Throws ShipshapeError (`prisma-engine-missing`,
 * `orm-not-supported`).
 */
export async function openEngine(root: string): Promise<Engine> {
  const folder = findPackage(root);
  const engine = opened.get(folder) ?? loadEngine(folder);
  opened.set(folder, engine);
  return engine;
}

/** The engine in this folder, whatever its version. The bindings are imported apart from the module that would import the WebAssembly, which Node 20 cannot. */
export async function loadEngine(folder: string): Promise<Engine> {
  const bindings = (await import(pathToFileURL(join(folder, 'schema_engine_bg.js')).href)) as Bindings;
  const wasm = join(folder, 'schema_engine_bg.wasm');
  const { Instance, Module } = webAssembly;
  const { exports } = new Instance(new Module(readFileSync(wasm)), { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(exports);
  exports.__wbindgen_start();
  return {
    async printScript(schema) {
      const files = schema.map(({ file, text }) => ({ path: file, content: text }));
      const datamodels = files.map(({ path, content }) => [path, content] as const);
      const engine = await bindings.SchemaEngine.new({ datamodels }, () => undefined, standIn);
      try {
        const { stdout } = await engine.diff({
          from: { tag: 'empty' },
          to: { tag: 'schemaDatamodel', files },
          script: true,
          exitCode: null,
          filters: { externalTables: [], externalEnums: [] },
        });
        return stdout ?? '';
      } finally {
        engine.free();
      }
    },
  };
}

/** The part of the global `WebAssembly` that is used: TypeScript knows it of browsers only. */
interface Exports {
  __wbindgen_start(): void;
}
const { WebAssembly: webAssembly } = globalThis as unknown as {
  readonly WebAssembly: {
    readonly Module: new (bytes: Uint8Array) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
  };
};

interface Bindings {
  __wbg_set_wasm(exports: Exports): void;
  readonly SchemaEngine: {
    readonly new: (options: object, log: () => void, adapter: object) => Promise<SchemaEngine>;
  };
}
interface SchemaEngine {
  diff(parameters: object): Promise<{ readonly stdout: string | null }>;
  free(): void;
}

function findPackage(root: string): string {
  const found = find(join(root, 'package.json')) ?? find(import.meta.url);
  if (found === null)
    throw new ShipshapeError([
      makeFinding('prisma-engine-missing', { engine: enginePackage, version: engineVersion }),
    ]);
  const folder = dirname(found);
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  if (version !== engineVersion)
    throw new ShipshapeError([
      makeFinding('orm-not-supported', { orm: enginePackage, version, supported: engineVersion }),
    ]);
  return folder;
}

function find(from: string): string | null {
  try {
    return createRequire(from).resolve(enginePackage);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return null;
    throw error;
  }
}

interface Answer<Value> {
  readonly ok: true;
  readonly value: Value;
  map<Mapped>(change: (value: Value) => Mapped): Answer<Mapped>;
  flatMap<Mapped>(change: (value: Value) => Mapped): Mapped;
}

function answer<Value>(value: Value): Answer<Value> {
  return { ok: true, value, map: (change) => answer(change(value)), flatMap: (change) => change(value) };
}

/**
 * Stands in for a driver: to print a script the engine asks for the server's version, and makes a schema in what it takes
 * for an empty shadow database.
 */
const connection = {
  provider: 'postgres',
  adapterName: 'shipshape',
  queryRaw: async () => answer({ columnTypes: [7], columnNames: ['version'], rows: [['PostgreSQL 17.0']] }),
  executeRaw: async () => answer(0),
  executeScript: async () => answer(undefined),
  dispose: async () => answer(undefined),
  getConnectionInfo: () => answer({ schemaName: 'public', supportsRelationJoins: true }),
};
const standIn = {
  provider: 'postgres',
  adapterName: 'shipshape',
  connect: async () => answer(connection),
  connectToShadowDb: async () => answer(connection),
};
