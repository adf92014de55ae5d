// extensionsOf: the extensions that TypeORM makes for its entities when it connects.
import type { EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

const ofTypes: Readonly<Record<string, string>> = {
  citext: 'citext',
  hstore: 'hstore',
  cube: 'cube',
  ltree: 'ltree',
  geometry: 'postgis',
  geography: 'postgis',
  vector: 'vector',
  halfvec: 'vector',
};

/** By name, sorted: PostgresDriver.checkMetadataForExtensions, and the data source's own `extensions`. */
export function extensionsOf(
  metadatas: readonly EntityMetadata[],
  options: { readonly uuidExtension?: string; readonly extensions?: readonly string[] },
): readonly string[] {
  const columns = metadatas.flatMap((metadata): readonly ColumnMetadata[] => metadata.columns);
  const names = new Set<string>(options.extensions ?? []);
  for (const { type, generationStrategy } of columns) {
    const own = typeof type === 'string' ? ofTypes[type] : undefined;
    if (own !== undefined) names.add(own);
    if (generationStrategy === 'uuid') names.add(options.uuidExtension ?? 'uuid-ossp');
  }
  // Equality in an exclusion constraint of GiST.
  if (metadatas.some(({ exclusions }) => exclusions.length > 0)) names.add('btree_gist');
  return [...names].sort();
}
