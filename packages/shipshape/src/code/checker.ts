// openChecker: the types of one file of the app, by TypeScript's own checker.
import { dirname, relative, sep } from 'node:path';
import type ts from 'typescript';
import type { Origin } from '../catalog/index.ts';
import { makeHost } from './program-host.ts';
import { readCompilerOptions } from './tsconfig.ts';
import { loadTypeScript, type TypeScript } from './typescript.ts';

export interface Checker {
  readonly typescript: TypeScript;
  readonly types: ts.TypeChecker;
  readonly file: ts.SourceFile;
  /** Where the thing is declared; null for what only the standard library or the checker itself brings. */
  originOf(symbol: ts.Symbol): Origin | null;
  /** Imports of modules that are not found, in that file and in all that it brings, packages apart. */
  missingImports(): readonly MissingImport[];
  /** The errors that keep names from being known, in the same files. Every expression of them is checked: not quick. */
  unresolved(): readonly Unresolved[];
}

export interface MissingImport {
  readonly origin: Origin;
  readonly specifier: string;
}

export interface Unresolved {
  readonly origin: Origin;
  readonly message: string;
}

/**
 * Loads the file and what it imports, and nothing else of the project; whatever its tsconfig says, `null` counts. Errors
 * of types are left alone. Null when the project has no TypeScript whose checker JavaScript can call.
 */
export async function openChecker(root: string, file: string): Promise<Checker | null> {
  const typescript = loadTypeScript(root);
  if (typescript === null) return null;
  const { options } = readCompilerOptions(typescript, dirname(file));
  const settings: ts.CompilerOptions = {
    ...options,
    allowJs: true,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    noEmit: true,
    // Of all that is installed, what types of columns are made of: `Date`, `Buffer`.
    lib: options.lib ?? ['lib.esnext.d.ts'],
    types: options.types ?? ['node'],
    skipLibCheck: true,
    strictNullChecks: true,
    // Optional properties have `undefined` among their types.
    exactOptionalPropertyTypes: false,
  };
  const program = typescript.createProgram([file], settings, makeHost(typescript, settings));
  const source = program.getSourceFile(file);
  if (source === undefined) return null;

  const originOf = (node: ts.Node): Origin => {
    const at = node.getSourceFile();
    const { line } = at.getLineAndCharacterOfPosition(node.getStart(at));
    return { file: relative(root, at.fileName).split(sep).join('/'), line: line + 1 };
  };
  const isLibrary = (node: ts.Node): boolean => program.isSourceFileDefaultLibrary(node.getSourceFile());

  const types = program.getTypeChecker();
  return {
    typescript,
    types,
    file: source,
    originOf(symbol) {
      const node = symbol.declarations?.find((each) => !isLibrary(each));
      return node === undefined ? null : originOf(node);
    },
    missingImports() {
      return own().flatMap((each) =>
        each.statements.flatMap((statement) => {
          const imports =
            typescript.isImportDeclaration(statement) || typescript.isExportDeclaration(statement);
          const specifier = imports ? statement.moduleSpecifier : undefined;
          if (specifier === undefined || !typescript.isStringLiteral(specifier)) return [];
          return types.getSymbolAtLocation(specifier) === undefined
            ? [{ origin: originOf(statement), specifier: specifier.text }]
            : [];
        }),
      );
    },
    unresolved() {
      return own().flatMap((each) =>
        program
          .getSemanticDiagnostics(each)
          .filter(({ code }) => unresolvedCodes.has(code))
          .map(({ start = 0, messageText }) => ({
            origin: {
              file: relative(root, each.fileName).split(sep).join('/'),
              line: each.getLineAndCharacterOfPosition(start).line + 1,
            },
            message: typescript.flattenDiagnosticMessageText(messageText, ' '),
          })),
      );
    },
  };

  function own(): readonly ts.SourceFile[] {
    return program
      .getSourceFiles()
      .filter(
        (each) => !program.isSourceFileFromExternalLibrary(each) && !program.isSourceFileDefaultLibrary(each),
      );
  }
}

/** A module, a name or an export that is not there, or a package without types (TypeScript's diagnosticMessages.json). */
const unresolvedCodes = new Set([
  2304, 2305, 2306, 2307, 2503, 2552, 2614, 2694, 2724, 2792, 2834, 2835, 7016,
]);
