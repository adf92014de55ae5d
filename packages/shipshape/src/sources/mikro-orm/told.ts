// Told: something an entity declares, and the property that declares it.
import type { CatalogObject } from '../../catalog/index.ts';
import type { DatabaseTable, EntityMetadata, Platform } from './orm.ts';

export interface Told {
  readonly object: CatalogObject;
  /** Null for tables that no entity maps alone: of a many-to-many collection. */
  readonly entity: EntityMetadata | null;
  /** Null for what the entity says as a whole. */
  readonly property: string | null;
}

/** A table on its way into the catalog. */
export interface Owner {
  readonly schema: string;
  /** As PostgreSQL stores it. */
  readonly table: string;
  readonly source: DatabaseTable;
  readonly platform: Platform;
  /** Whether version 7 made it, which writes more by itself. */
  readonly isSeven: boolean;
}
