// makeLoader: loads TypeScript and JavaScript as the app does, whatever its modules are.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { createJiti, JitiOptions } from 'jiti';
import { type Emit, makeEmitter } from './emit-decorated.ts';
import { makeFiles } from './files.ts';
import { findsAllImports, resolveImports } from './resolve-imports.ts';
import { loadTypeScript, type TypeScript } from './typescript.ts';

export type Loader = ReturnType<typeof createJiti>;

/** One for each file that imports are resolved from. Modules are shared by all that one process makes. */
export function makeLoader(root: string, files: readonly string[]): (file: string) => Loader {
  // Imported, its text would first be parsed for the names of its exports: longer than it takes to run.
  const { createJiti } = createRequire(import.meta.url)('jiti') as typeof import('jiti');
  const options: JitiOptions = {
    // No cache on disk: it would lie where other users can write, and its content is executed.
    fsCache: false,
    interopDefault: false,
    tsconfigPaths: true,
  };
  const plain = createJiti(root, options);
  // A quarter of a second, which models without decorators mostly do without.
  let compiler: Compiler | null | undefined;
  const loaders = new Map<string, Loader>();

  const transform: JitiOptions['transform'] = (given) => {
    const { filename, source } = given;
    if (filename === undefined) return { code: plain.transform(given) };
    // `<T>value` is a cast in one kind of file and an element in the other.
    const jsx = /\.[cm]?[jt]sx$/.test(filename) && ({ runtime: 'classic' } as const);
    if (compiler === undefined && !source.includes('@')) {
      const code = plain.transform({ ...given, jsx });
      if (findsAllImports(code, filename, resolve)) return { code };
    }
    if (compiler === undefined) compiler = openCompiler(root, files);
    const emitted = compiler?.emit(filename, source) ?? null;
    const text = emitted ?? source;
    const resolved =
      compiler === null ? text : resolveImports(compiler.typescript, compiler.files, filename, text, resolve);
    return { code: plain.transform({ ...given, source: resolved, ts: emitted === null && given.ts, jsx }) };
  };
  return loaderOf;

  function loaderOf(file: string): Loader {
    const known = loaders.get(file);
    if (known !== undefined) return known;
    const made = createJiti(file, { ...options, transform });
    loaders.set(file, made);
    return made;
  }

  function resolve(specifier: string, from: string): string | undefined {
    return loaderOf(from).esmResolve(specifier, { parentURL: pathToFileURL(from).href, try: true });
  }
}

interface Compiler {
  readonly typescript: TypeScript;
  readonly emit: Emit;
  readonly files: ReturnType<typeof makeFiles>;
}

function openCompiler(root: string, roots: readonly string[]): Compiler | null {
  const typescript = loadTypeScript(root);
  return typescript === null
    ? null
    : { typescript, emit: makeEmitter(typescript, roots), files: makeFiles(typescript) };
}
