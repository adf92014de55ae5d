// adoptAspect: a thing with one aspect as another of its kind has it.
import type { CatalogObject } from '../catalog/index.ts';

/** Where the property is not called as the aspect is. */
const properties: Readonly<Record<string, readonly string[]>> = {
  'partition key': ['partitionBy'],
  persistence: ['unlogged'],
  nullability: ['nullable'],
  generation: ['virtual'],
  'column order': ['columns'],
  overlaps: ['withoutOverlaps'],
  references: ['columns', 'references'],
  enforcement: ['enforced'],
  // Of keys and checks, of indexes, of domains.
  validity: ['validated', 'valid', 'checks'],
  inheritance: ['noInherit'],
  'label order': ['labels'],
  'operator class': ['opclass'],
  'subtype difference': ['subtypeDiff'],
  determinism: ['deterministic'],
};

export function adoptAspect<Kept extends CatalogObject>(
  object: Kept,
  other: CatalogObject,
  aspect: string,
): Kept {
  const result = { ...object } as Record<string, unknown>;
  const source = other as unknown as Record<string, unknown>;
  for (const property of properties[aspect] ?? [inCamelCase(aspect)]) {
    if (source[property] === undefined) delete result[property];
    else result[property] = source[property];
  }
  return result as unknown as Kept;
}

function inCamelCase(aspect: string): string {
  return aspect.replaceAll(/ (\w)/g, (_, letter: string) => letter.toUpperCase());
}
