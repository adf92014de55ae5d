// makeHost: what a program of TypeScript reads the project through.
import type ts from 'typescript';
import type { TypeScript } from './typescript.ts';

/** Comments are left out where they are no types (all but JavaScript): they are more than half of the reading. */
export function makeHost(typescript: TypeScript, options: ts.CompilerOptions): ts.CompilerHost {
  const host = typescript.createCompilerHost(options);
  // From TypeScript 5.3; those before read them all.
  host.jsDocParsingMode = typescript.JSDocParsingMode?.ParseForTypeInfo;
  return host;
}
