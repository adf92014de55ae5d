// The schema of a tenant, and the one that stands for it in the snapshot.
import { addressOf, type Catalog, renameSchema, renameSchemaInTexts, schemaOf } from '../catalog/index.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';

/** Where a folder is replayed, what it makes lands here. */
export const home = 'public';

/** What a tenant's name means in a view (an alias), it means on both sides. */
export function asTenant(snapshot: Snapshot, tenant: string): Snapshot {
  if (tenant === '' || tenant === home) return snapshot;
  return { ...snapshot, catalog: renameSchemaInTexts(snapshot.catalog, tenant, home) };
}

/** The tenant's schema in the place of `public`, whose own things are nobody's promise here. */
export function ofTenant(catalog: Catalog, tenant: string): Catalog {
  if (tenant === '' || tenant === home) return catalog;
  const objects = catalog.objects.filter((object) => schemaOf(addressOf(object)) !== home);
  return renameSchema({ objects }, tenant, home);
}
