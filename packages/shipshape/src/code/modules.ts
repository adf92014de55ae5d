// The app's model files as loaded modules, in the way the app itself loads them.
import { existsSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { makeFinding, ShipshapeError } from '../report/index.ts';
import { writtenLine } from './emitted-lines.ts';
import { findFiles } from './glob.ts';
import { type Loader, makeLoader } from './loader.ts';
import { importNatively, importShared, isNativeModule } from './native.ts';

export interface LoadedModule {
  /** Absolute path. */
  readonly file: string;
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface Models {
  readonly modules: readonly LoadedModule[];
  /** Imports a package as the models' own files would: their copy, not ours. Null when they have none. */
  importBeside(specifier: string): Promise<unknown>;
  /** Loads one more file, by its absolute path, in the same way. */
  importFile(file: string): Promise<Readonly<Record<string, unknown>>>;
  /** The app's file whose module exports the value, and does not only pass it on; null where none does. */
  exporterOf(value: unknown): string | null;
}

/** What is to happen before the first file is loaded. */
export type Prepare = (importBeside: Models['importBeside']) => Promise<void>;

/**
 * Loads model files: TypeScript or JavaScript, ES modules or CommonJS, with the path aliases of the nearest
 * tsconfig.json. One process loads a file once: what is changed afterwards is not seen.
 * Throws ShipshapeError (`models-not-found`, `models-not-loaded`).
 */
export async function loadModules(
  source: string,
  root: string,
  patterns: readonly string[],
  prepare?: Prepare,
): Promise<Models> {
  const files = new Set<string>();
  for (const pattern of patterns) {
    const found = findFiles(root, pattern);
    if (found.length === 0)
      throw new ShipshapeError([makeFinding('models-not-found', { source, pattern, root })]);
    for (const file of found) files.add(file);
  }
  // Its loading takes longer than a whole reading, which modules that Node loads do without.
  let makeFor: ReturnType<typeof makeLoader> | undefined;
  const loaderFor = (file: string): Loader => {
    makeFor ??= makeLoader(root, [...files]);
    return makeFor(file);
  };
  const importFile: Models['importFile'] = async (file) => {
    const native = await natively(file, () => importNatively(file));
    if (native !== null) return native;
    try {
      return await loaderFor(file).import<Record<string, unknown>>(file);
    } catch (error) {
      throw explainFailure(error, file, root);
    }
  };
  const [first] = files;
  const importBeside: Models['importBeside'] = async (specifier) => {
    if (first === undefined) return null;
    const native = await natively(first, () => importShared(first, specifier));
    if (native !== null) return native;
    const loader = loaderFor(first);
    const found = loader.esmResolve(specifier, { parentURL: pathToFileURL(first).href, try: true });
    return found === undefined ? null : loader.import(specifier);
  };
  await prepare?.(importBeside);
  const modules: LoadedModule[] = [];
  for (const file of files) modules.push({ file, exports: await importFile(file) });
  return {
    modules,
    importFile,
    importBeside,
    exporterOf: (value) => (first === undefined ? null : findExporter(loaderFor(first).cache, value)),
  };
}

/** Null where Node does not load it; the loader may, and says why where it cannot either. */
async function natively<Module>(from: string, load: () => Promise<Module>): Promise<Module | null> {
  try {
    return isNativeModule(from) ? await load() : null;
  } catch {
    return null;
  }
}

/** What is only passed on is a getter, since it may be set later: reading it could throw. */
function findExporter(cache: Loader['cache'], value: unknown): string | null {
  for (const { filename, exports } of Object.values(cache)) {
    if (filename === undefined || filename.includes(`${sep}node_modules${sep}`)) continue;
    if (typeof exports !== 'object' || exports === null) continue;
    const held = Object.values(Object.getOwnPropertyDescriptors(exports));
    if (held.some((each) => each.value === value)) return filename;
  }
  return null;
}

/** What could not be loaded, which import or line did it, in the project's own paths. */
function explainFailure(error: unknown, file: string, root: string): ShipshapeError {
  const inProject = (path: string): string => relative(root, path).split(sep).join('/');
  const {
    message,
    stack = '',
    code,
    requireStack,
  } = error as NodeJS.ErrnoException & {
    requireStack?: readonly string[];
  };
  const text = error instanceof Error ? message : String(error);
  const [, missing = null, importer] =
    /^Cannot find (?:module|package) '([^']+)'(?: imported from (\S+))?/.exec(text) ?? [];
  const absent = missing !== null && (code === 'MODULE_NOT_FOUND' || code === 'ERR_MODULE_NOT_FOUND');
  const place = absent
    ? placeOfImport(importer ?? requireStack?.[0] ?? file, missing)
    : placeOfThrow(`${text}\n${stack}`, root);
  return new ShipshapeError(
    [
      makeFinding('models-not-loaded', {
        file: inProject(file),
        missing: absent ? missing : null,
        at: place === null ? null : `${inProject(place.file)}:${place.line}`,
        message: shorten(withoutPasswords(text)),
      }),
    ],
    { cause: error },
  );
}

interface Place {
  readonly file: string;
  readonly line: number;
}

function placeOfImport(importer: string, specifier: string): Place | null {
  const file = importer.startsWith('file:') ? fileURLToPath(importer) : importer;
  if (!existsSync(file)) return null;
  const lines = readFileSync(file, 'utf8').split('\n');
  const line = lines.findIndex((each) => each.includes(`'${specifier}'`) || each.includes(`"${specifier}"`));
  return { file, line: line === -1 ? 1 : line + 1 };
}

/** The innermost line of the project's own code that a stack (or a parser's message) names. */
function placeOfThrow(stack: string, root: string): Place | null {
  const packages = `${sep}node_modules${sep}`;
  for (const [, path = '', line, column] of stack.matchAll(
    /(?:file:\/\/)?((?:\/|[A-Za-z]:\\)[^\s():]+):(\d+):(\d+)/g,
  )) {
    const file = path.startsWith('file:') ? fileURLToPath(path) : path;
    if (file.startsWith(join(root, sep)) && !file.includes(packages))
      return { file, line: writtenLine(file, Number(line), Number(column)) };
  }
  return null;
}

/** Validators throw whole documents. */
function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}

/** Connection strings in the message of somebody's error keep everything but the password. */
function withoutPasswords(text: string): string {
  return text.replace(/(:\/\/[^\s/:@]*):[^\s@]*@/g, '$1@');
}
