// Told: something the entities declare, and where the code may say so.
import type { CatalogObject } from '../../catalog/index.ts';

/** One place in the code. */
export interface Site {
  /** The class, or the name of a class or entity schema. */
  readonly target: unknown;
  /** From the class inwards (`['home', 'street']`); empty for the class itself. */
  readonly property: readonly string[];
  /** A name that stands there as text: `one_code` of `@Unique('one_code', …)`. */
  readonly text?: string;
}

export interface Told {
  readonly object: CatalogObject;
  /** The best first; none for what the entities only imply. */
  readonly sites: readonly Site[];
}
