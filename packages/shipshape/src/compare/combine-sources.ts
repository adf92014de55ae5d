// combineSources: several ways of declaring tables in one app, as one source.
import type { Source } from '../catalog/index.ts';
import { mergeDeclarations, type Telling } from './merge-declarations.ts';

/** One source is itself. Each is kept in `parts`, for who has a server to print it with before they are made one. */
export function combineSources(sources: readonly [Source, ...Source[]]): Source {
  const [first, ...others] = sources;
  if (others.length === 0) return first;
  return {
    name: sources.map(({ name }) => name).join(' and '),
    async declare(options) {
      const [telling, ...more] = await Promise.all(
        sources.map(
          async ({ name, declare }): Promise<Telling> => ({
            source: name,
            declaration: await declare(options),
          }),
        ),
      );
      const parts = [telling as Telling, ...more] as const;
      return { ...mergeDeclarations(parts).declaration, parts };
    },
  };
}
