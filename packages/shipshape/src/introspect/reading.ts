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

/** What the connected role may do with the rows of a table or view. */
export interface TableAccess {
  readonly usage: boolean;
  readonly select: boolean;
  readonly insert: boolean;
  readonly update: boolean;
  readonly delete: boolean;
  /** Where the table lacks such a right and some of its columns have it: those that do. */
  readonly columns?: {
    readonly select: readonly string[];
    readonly insert: readonly string[];
    readonly update: readonly string[];
  };
}

export interface Reading {
  readonly catalog: Catalog;
  readonly server: Server;
  /** By address key of the table or view. */
  readonly access: ReadonlyMap<string, TableAccess>;
  /** Schemas of libraries in the same database (`graphile_worker`, our own `shipshape`): seen, not compared. */
  readonly setAside: readonly string[];
  /** What else the database holds, sorted: `{ what: 'publications', count: 2 }`. Empty in a limited reading. */
  readonly uncompared: readonly Uncompared[];
}

/** Present, not compared. */
export interface Uncompared {
  readonly what: string;
  readonly count: number;
}

/**
 * `need`: what a need is judged by: schemas, tables and views with their columns (their definitions are left empty),
 * primary keys, unique keys and indexes, enums, domains, access. `structure`: everything but owners and privileges,
 * which differ between installations. `everything`: those too.
 */
export type Breadth = 'need' | 'structure' | 'everything';

/** Limits a reading to what somebody asks about. */
export interface Scope {
  /** `structure` when left out. */
  readonly breadth?: Breadth;
  /**
   * Only these tables and views with all that hangs on them, in whatever schema has one of these names. What is on no
   * relation (schemas, types, routines, sequences, extensions) is read whole. All when left out.
   */
  readonly tableNames?: readonly string[];
  /** Schemas that are read although they bear the name of a library's: the models declare tables there. */
  readonly ownSchemas?: readonly string[];
}
