// Told: something a model declares, and the attribute that declares it.
import type { CatalogObject } from '../../catalog/index.ts';
import type { Model } from './orm.ts';

export interface Told {
  readonly object: CatalogObject;
  readonly model: Model;
  /** Null for what the model says as a whole. */
  readonly attribute: string | null;
}

/** Where a table is, and its name however long. */
export interface Owner {
  readonly schema: string;
  /** As PostgreSQL stores it. */
  readonly table: string;
  readonly fullName: string;
  readonly model: Model;
}
