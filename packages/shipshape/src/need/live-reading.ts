// LiveReading: as much of a database as a need is judged by.
import type { Catalog } from '../catalog/index.ts';
import type { Lookup } from './lookup.ts';

export interface LiveReading {
  /** Put together when it is asked for: only a diagnosis does. */
  readonly catalog: Catalog;
  /** The schemas in which unqualified names are looked up, in order. */
  readonly searchPath: readonly string[];
  /** The same catalog by names, through that path. */
  readonly lookup: Lookup;
}
