// makeEmitter: files with decorators as the project's own compiler emits them, types of properties included.
import { dirname } from 'node:path';
import type ts from 'typescript';
import { readCompilerOptions } from './tsconfig.ts';
import type { TypeScript } from './typescript.ts';

/** JavaScript of an ES module, or null for a file that has no decorators or is not TypeScript. */
export type Emit = (file: string, text: string) => string | null;

/**
 * What a decorator is told of a property's type (`design:type`) depends on declarations in other files: an imported enum
 * is a string or a number, and a compiler that sees one file alone would say Object. So these files are emitted by a
 * program of the project's TypeScript, which is made when the first of them is met. `roots`: the files from which most
 * others are reached, so that one program does.
 */
export function makeEmitter(typescript: TypeScript, roots: readonly string[]): Emit {
  const programs = new Map<string, ts.Program>();
  return (file, text) => {
    if (!/\.[cm]?tsx?$/.test(file) || !/^\s*@[\w$]/m.test(text)) return null;
    const { file: config, options } = readCompilerOptions(typescript, dirname(file));
    const settings = settingsFor(typescript, options);
    if (settings.emitDecoratorMetadata !== true || settings.experimentalDecorators !== true)
      return typescript.transpileModule(text, { fileName: file, compilerOptions: settings }).outputText;
    const key = config ?? dirname(file);
    let program = programs.get(key);
    let source = program?.getSourceFile(file);
    if (program === undefined || source === undefined) {
      const known = program?.getRootFileNames() ?? roots.filter((each) => /\.[cm]?tsx?$/.test(each));
      program = typescript.createProgram([...known, file], settings, undefined, program);
      programs.set(key, program);
      source = program.getSourceFile(file);
    }
    return emit(program, source);
  };
}

function emit(program: ts.Program, source: ts.SourceFile | undefined): string | null {
  let output: string | null = null;
  program.emit(source, (name, text) => {
    if (/\.[cm]?jsx?$/.test(name)) output = text;
  });
  return output;
}

/** As the project has them, save what it takes to get one ES module out of one file. */
function settingsFor(typescript: TypeScript, options: ts.CompilerOptions): ts.CompilerOptions {
  const { ES2022 } = typescript.ScriptTarget;
  const target = options.target ?? typescript.ScriptTarget.ES5;
  const {
    outDir: _out,
    outFile: _file,
    rootDir: _root,
    declarationDir: _types,
    tsBuildInfoFile: _info,
    ...kept
  } = options;
  return {
    ...kept,
    // Whether a field without a value is there at all depends on the target that the project has.
    useDefineForClassFields: options.useDefineForClassFields ?? target >= ES2022,
    target: target >= ES2022 && target <= typescript.ScriptTarget.ESNext ? target : ES2022,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    allowJs: true,
    noEmit: false,
    noEmitOnError: false,
    composite: false,
    incremental: false,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    sourceMap: false,
    inlineSourceMap: true,
    removeComments: false,
    skipLibCheck: true,
    allowImportingTsExtensions: false,
    rewriteRelativeImportExtensions: false,
  };
}
