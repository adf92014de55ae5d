// combineSources: several ways of declaring tables in one app, as one source.
import type { Declaration, Source } from '../catalog/index.ts';
import { mergeDeclarations, type Telling } from './merge-declarations.ts';

/** One source is itself. Each is kept in `parts`, for who has a server to print it with before they are made one. */
export function combineSources(sources: readonly [Source, ...Source[]]): Source {
  const [first, ...others] = sources;
  if (others.length === 0) return first;
  return {
    name: sources.map(({ name }) => name).join(' and '),
    declare: (options) => combine(sources, (source) => source.declare(options)),
  };
}

async function combine<Each extends { readonly name: string }>(
  several: readonly Each[],
  declare: (each: Each) => Promise<Declaration>,
): Promise<Declaration> {
  const tellings = await Promise.all(
    several.map(async (each): Promise<Telling> => ({ source: each.name, declaration: await declare(each) })),
  );
  const [telling, ...more] = tellings;
  const parts = [telling as Telling, ...more] as const;
  const { declaration } = mergeDeclarations(parts);
  if (!tellings.some(({ declaration: { locate } }) => locate !== undefined)) return { ...declaration, parts };
  const located = tellings.map((each) => ({ name: each.source, read: each.declaration }));
  const locate = () => combine(located, async ({ read }) => (await read.locate?.()) ?? read);
  return { ...declaration, parts, locate };
}
