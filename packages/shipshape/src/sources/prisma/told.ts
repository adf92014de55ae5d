// Told: something the schema declares, and the line that declares it.
import type { CatalogObject, Origin, Silence } from '../../catalog/index.ts';

export interface Told {
  readonly object: CatalogObject;
  /** Null for what the schema only implies: the PostgreSQL schema of a table. */
  readonly origin: Origin | null;
  /** What cannot be said of this one thing. */
  readonly silence?: readonly Omit<Silence, 'address'>[];
}
