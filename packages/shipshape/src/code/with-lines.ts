// withLines: a declaration with the lines of the text that it was read from, when they are asked for.
import type { Declaration, Origin, OriginsWanted, Silence } from '../catalog/index.ts';
import type { Code } from './origins.ts';
import { withoutTypeScript } from './typescript.ts';

export interface Lines {
  readonly wanted: OriginsWanted;
  readonly root: string;
  /** False for live models, whose text is not at hand. */
  readonly hasFiles: boolean;
  /** By address key. */
  readonly read: (code: Code) => Readonly<Record<string, Origin>> | Promise<Readonly<Record<string, Origin>>>;
}

export async function withLines(
  declared: Omit<Declaration, 'origin' | 'locate'>,
  lines: Lines,
): Promise<Declaration> {
  const { wanted, hasFiles } = lines;
  if (wanted === false || !hasFiles) return { ...declared, origin: {} };
  if (wanted === 'on demand')
    return { ...declared, origin: {}, locate: () => withLines(declared, { ...lines, wanted: true }) };
  const { openCode } = await import('./origins.ts');
  const code = await openCode(lines.root);
  return code === null ? withoutLines(declared) : { ...declared, origin: await lines.read(code) };
}

function withoutLines(declared: Omit<Declaration, 'origin'>): Declaration {
  const unknown: readonly Silence[] = (['table', 'column'] as const).map((address) => ({
    address,
    aspect: 'origin',
    because: withoutTypeScript,
  }));
  return { ...declared, silence: [...declared.silence, ...unknown], origin: {} };
}
