// Told: something the entities declare, and the words in the code that declare it.
import type { CatalogObject } from '../../catalog/index.ts';

export interface Told {
  readonly object: CatalogObject;
  /** The name of the class or schema; null for what no entity declares (a join table). */
  readonly entity: string | null;
  /** Where the property is, from the entity inwards (`['home', 'street']`); empty for the entity itself. */
  readonly property: readonly string[];
}
