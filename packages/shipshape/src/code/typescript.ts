// TypeScript's own parser, if the project has one.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type ts from 'typescript';

export type TypeScript = typeof ts;

/** Said where the code's text cannot be read and lines are therefore unknown. */
export const withoutTypeScript =
  'TypeScript 5 or 6 is not installed here, so the lines of the code are not known: npm install --save-dev typescript';

/**
 * The project's own `typescript`, or ours; null when there is none with a parser that JavaScript can call
 * (TypeScript 7 has none).
 */
export function loadTypeScript(root: string): TypeScript | null {
  return requireFrom(join(root, 'package.json')) ?? requireFrom(import.meta.url);
}

function requireFrom(place: string): TypeScript | null {
  try {
    return usable(createRequire(place)('typescript') as TypeScript);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'MODULE_NOT_FOUND' || code === 'ERR_PACKAGE_PATH_NOT_EXPORTED') return null;
    throw error;
  }
}

function usable(candidate: TypeScript): TypeScript | null {
  return typeof candidate.createSourceFile === 'function' ? candidate : null;
}
