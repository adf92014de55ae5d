// LiveReading: as much of a database as a need is judged by.
import type { Catalog } from '../catalog/index.ts';

/** What the connected role may do with a table's rows. */
export interface RowAccess {
  /** On the table's schema. */
  readonly usage: boolean;
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

export interface LiveReading {
  readonly catalog: Catalog;
  /** The schemas in which unqualified names are looked up, in order. */
  readonly searchPath: readonly string[];
  /** By address key of the table; a table that is not in it is not judged for privileges. */
  readonly access: ReadonlyMap<string, RowAccess>;
}
