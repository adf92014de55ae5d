// The app's files as syntax trees, and the files that their imports name.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, extname } from 'node:path';
import type ts from 'typescript';
import { readCompilerOptions } from './tsconfig.ts';
import type { TypeScript } from './typescript.ts';

export interface Files {
  /** The parsed file, once each; null when there is no such file. */
  parse(path: string): ts.SourceFile | null;
  /**
   * The file of the app (never of `node_modules`, never a declaration file) that an import names: relative, by the
   * nearest tsconfig's paths, or a workspace package; null for all others.
   */
  resolve(specifier: string, from: string): string | null;
}

export function makeFiles(typescript: TypeScript): Files {
  const parsed = new Map<string, ts.SourceFile | null>();
  const options = new Map<string, ts.CompilerOptions>();
  const resolved = new Map<string, string | null>();
  const kinds: Readonly<Record<string, ts.ScriptKind>> = {
    '.tsx': typescript.ScriptKind.TSX,
    '.jsx': typescript.ScriptKind.JSX,
    '.js': typescript.ScriptKind.JSX,
    '.mjs': typescript.ScriptKind.JS,
    '.cjs': typescript.ScriptKind.JS,
  };

  return {
    parse(path) {
      const known = parsed.get(path);
      if (known !== undefined) return known;
      const kind = kinds[extname(path)] ?? typescript.ScriptKind.TS;
      const file = existsSync(path)
        ? typescript.createSourceFile(
            path,
            readFileSync(path, 'utf8'),
            typescript.ScriptTarget.ESNext,
            true,
            kind,
          )
        : null;
      parsed.set(path, file);
      return file;
    },
    resolve(specifier, from) {
      const folder = dirname(from);
      const key = JSON.stringify([folder, specifier]);
      const known = resolved.get(key);
      if (known !== undefined) return known;
      const settings = options.get(folder) ?? readOptions(typescript, folder);
      options.set(folder, settings);
      const { resolvedModule } = typescript.resolveModuleName(specifier, from, settings, typescript.sys);
      const path = resolvedModule?.resolvedFileName ?? null;
      const own = path === null || /\/node_modules\/|\.d\.[cm]?ts$|\.json$/.test(path) ? null : path;
      resolved.set(key, own);
      return own;
    },
  };
}

/** What the nearest tsconfig says about resolving, in the way bundlers and loaders do it. */
function readOptions(typescript: TypeScript, folder: string): ts.CompilerOptions {
  return {
    ...readCompilerOptions(typescript, folder).options,
    allowJs: true,
    module: typescript.ModuleKind.ESNext,
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
  };
}
