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
  const read = await Promise.all(
    several.map(async (each): Promise<Telling> => ({ source: each.name, declaration: await declare(each) })),
  );
  const isOnDemand = read.some(({ declaration: { locate } }) => locate !== undefined);
  // The lines of one alone would be told of what another declares first.
  const tellings = isOnDemand ? read.map(withoutLines) : read;
  const [telling, ...more] = tellings;
  const parts = [telling as Telling, ...more] as const;
  const { declaration } = mergeDeclarations(parts);
  if (!isOnDemand) return { ...declaration, parts };
  const located = read.map((each) => ({ name: each.source, read: each.declaration }));
  const locate = () => combine(located, async (each) => (await each.read.locate?.()) ?? each.read);
  return { ...declaration, parts, locate };
}

function withoutLines({ source, declaration }: Telling): Telling {
  return { source, declaration: { ...declaration, origin: {} } };
}
