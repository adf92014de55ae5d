// readCompilerOptions: what the nearest tsconfig says.
import { dirname } from 'node:path';
import type ts from 'typescript';
import type { TypeScript } from './typescript.ts';

/** `file`: the tsconfig that was found, or null; its options with those that it extends. */
export function readCompilerOptions(
  typescript: TypeScript,
  folder: string,
): { readonly file: string | null; readonly options: ts.CompilerOptions } {
  const file = typescript.findConfigFile(folder, typescript.sys.fileExists);
  if (file === undefined) return { file: null, options: {} };
  // The list of the project's files is not asked for: reading it would walk the whole project.
  const host: ts.ParseConfigHost = { ...typescript.sys, readDirectory: () => [] };
  const { config } = typescript.readConfigFile(file, typescript.sys.readFile);
  const parsed = typescript.parseJsonConfigFileContent(config ?? {}, host, dirname(file), undefined, file);
  return { file, options: parsed.options };
}
