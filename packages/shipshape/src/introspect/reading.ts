// Reading: what was seen of a live database in one look, and how far that look went.
import type { Catalog } from '../catalog/index.ts';

export interface Server {
  /** 180004 for 18.4 (`server_version_num`). */
  readonly versionNumber: number;
  /** `18.4` */
  readonly version: string;
  readonly database: string;
  readonly user: string;
  /** The schemas that unqualified names are looked up in, as they exist (`current_schemas(false)`). */
  readonly searchPath: readonly string[];
}

/** What the connected role may do with a table's rows. */
export interface TableAccess {
  readonly usage: boolean;
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
}

export interface Reading {
  readonly catalog: Catalog;
  readonly server: Server;
  /** By address key of the table. */
  readonly access: ReadonlyMap<string, TableAccess>;
  /** Schemas of libraries in the same database (`graphile_worker`, our own `shipshape`): seen, not compared. */
  readonly setAside: readonly string[];
  /** What else is there, and is not compared: `{ what: 'publications', count: 2 }`. Counted by a whole reading only. */
  readonly uncompared: readonly Uncompared[];
}

export interface Uncompared {
  /** In the plural: `event triggers`. */
  readonly what: string;
  readonly count: number;
}

/**
 * `need`: what a need is judged by (tables and views with columns, keys, unique indexes, enums, domains, the role's
 * rights). `structure`: every kind of thing. `everything`: with owners and privileges, which belong to the environment.
 */
export type Breadth = 'need' | 'structure' | 'everything';

/** Limits a reading to what somebody asks about. Everything when left out. */
export interface Scope {
  /** `structure` when left out. */
  readonly breadth?: Breadth;
  /**
   * Only these tables and views with all that hangs on them, in whatever schema has one of these names. What does not
   * hang on a table (schemas, types, routines) is read whole: it is little.
   */
  readonly tableNames?: readonly string[];
  /** Schemas that are read although they bear the name of a library's: the models declare tables there. */
  readonly ownSchemas?: readonly string[];
}
