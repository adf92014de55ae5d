// makeEmitter: files with decorators as the project's own compiler emits them, types of properties included.
import { dirname } from 'node:path';
import type ts from 'typescript';
import { keepSourceMap } from './emitted-lines.ts';
import { makeHost } from './program-host.ts';
import { readCompilerOptions } from './tsconfig.ts';
import type { TypeScript } from './typescript.ts';

/**
 * JavaScript of a module, or null for a file that has no decorators or is not TypeScript. Throws a SyntaxError that
 * begins with `file:line:column` where the file is not well formed.
 */
export type Emit = (file: string, text: string) => string | null;

/**
 * What a decorator is told of a property's type (`design:type`) depends on declarations in other files: an imported enum
 * is a string or a number, and a compiler that sees one file alone would say Object. So these files are emitted by a
 * program of the project's TypeScript, which is made when the first of them is met. `roots`: the files from which most
 * others are reached, so that one program does. Decorators of the standard are told no types, and need no program.
 */
export function makeEmitter(typescript: TypeScript, roots: readonly string[]): Emit {
  const programs = new Map<string, ts.Program>();
  return (file, text) => {
    if (!isTypeScript(file) || !text.includes('@')) return null;
    const parsed = typescript.createSourceFile(file, text, typescript.ScriptTarget.ESNext, true);
    if (!hasDecorators(typescript, parsed)) return null;
    const { file: config, options } = readCompilerOptions(typescript, dirname(file));
    const settings = settingsFor(typescript, options, usesAssignedModules(typescript, parsed));
    if (settings.emitDecoratorMetadata !== true || settings.experimentalDecorators !== true) {
      const output = typescript.transpileModule(text, {
        fileName: file,
        compilerOptions: settings,
        reportDiagnostics: true,
      });
      assertWellFormed(typescript, output.diagnostics ?? []);
      return withoutMap(file, output.outputText, output.sourceMapText);
    }
    const key = config ?? dirname(file);
    let program = programs.get(key);
    let source = program?.getSourceFile(file);
    if (program === undefined || source === undefined) {
      const known = program?.getRootFileNames() ?? roots.filter(isTypeScript);
      program = typescript.createProgram([...known, file], settings, makeHost(typescript, settings), program);
      programs.set(key, program);
      source = program.getSourceFile(file);
    }
    assertWellFormed(typescript, program.getSyntacticDiagnostics(source));
    return emit(program, source, settings);
  };
}

function isTypeScript(file: string): boolean {
  return /\.[cm]?tsx?$/.test(file);
}

function hasDecorators(typescript: TypeScript, node: ts.Node): boolean {
  const own = typescript.canHaveDecorators(node) && (typescript.getDecorators(node) ?? []).length > 0;
  return (
    own || typescript.forEachChild(node, (child) => hasDecorators(typescript, child) || undefined) === true
  );
}

/** `import a = require('a')` and `export =` have no ES module to become. */
function usesAssignedModules(typescript: TypeScript, { statements }: ts.SourceFile): boolean {
  return statements.some(
    (each) =>
      (typescript.isImportEqualsDeclaration(each) &&
        typescript.isExternalModuleReference(each.moduleReference)) ||
      (typescript.isExportAssignment(each) && each.isExportEquals === true),
  );
}

function assertWellFormed(typescript: TypeScript, [first]: readonly ts.Diagnostic[]): void {
  if (first?.file === undefined) return;
  const { line, character } = first.file.getLineAndCharacterOfPosition(first.start ?? 0);
  const said = typescript.flattenDiagnosticMessageText(first.messageText, ' ');
  throw new SyntaxError(`${said} ${first.file.fileName}:${line + 1}:${character + 1}`);
}

function emit(
  program: ts.Program,
  source: ts.SourceFile | undefined,
  settings: ts.CompilerOptions,
): string | null {
  let code: string | null = null;
  let map: string | undefined;
  // Maps have their own options and cannot be inlined into what is written to memory alone.
  program.emit(source, (name, text) => {
    if (/\.[cm]?jsx?$/.test(name)) code = text;
    if (name.endsWith('.map')) map = text;
  });
  return code === null || source === undefined || settings.sourceMap !== true
    ? code
    : withoutMap(source.fileName, code, map);
}

/** The map is kept for the lines of what throws; the next compiler has no use for its name. */
function withoutMap(file: string, code: string, map: string | undefined): string {
  if (map !== undefined) keepSourceMap(file, map);
  return code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '\n');
}

/** As the project has them, save what it takes to get one module out of one file. */
function settingsFor(
  typescript: TypeScript,
  options: ts.CompilerOptions,
  isAssigned: boolean,
): ts.CompilerOptions {
  const { ES2022 } = typescript.ScriptTarget;
  const target = options.target ?? typescript.ScriptTarget.ES5;
  const {
    outDir: _out,
    outFile: _file,
    rootDir: _root,
    rootDirs: _roots,
    declarationDir: _types,
    tsBuildInfoFile: _info,
    sourceRoot: _sources,
    mapRoot: _maps,
    jsxImportSource: _jsx,
    isolatedDeclarations: _isolated,
    ...kept
  } = options;
  return {
    ...kept,
    // Whether a field without a value is there at all depends on the target that the project has.
    useDefineForClassFields: options.useDefineForClassFields ?? target >= ES2022,
    target: target >= ES2022 && target <= typescript.ScriptTarget.ESNext ? target : ES2022,
    ...(isAssigned
      ? {
          module: typescript.ModuleKind.CommonJS,
          moduleResolution: typescript.ModuleResolutionKind.Node10,
          verbatimModuleSyntax: false,
        }
      : {
          module: typescript.ModuleKind.ESNext,
          moduleResolution: typescript.ModuleResolutionKind.Bundler,
        }),
    jsx: typescript.JsxEmit.React,
    allowJs: true,
    noEmit: false,
    noEmitOnError: false,
    composite: false,
    incremental: false,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    sourceMap: true,
    inlineSourceMap: false,
    inlineSources: false,
    removeComments: false,
    skipLibCheck: true,
    // A type that only a browser or another package has declared for everybody is looked for when the code runs.
    lib: options.lib ?? ['lib.esnext.d.ts'],
    types: options.types ?? ['node'],
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: false,
  };
}
