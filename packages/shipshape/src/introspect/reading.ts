// Reading: what was seen of a live database in one look, and how far that look went.
import type {
  Catalog,
  Column,
  Domain,
  Enum,
  Index,
  Kind,
  MaterializedView,
  PrimaryKey,
  Table,
  TableAccess,
  UniqueKey,
  View,
} from '../catalog/index.ts';

export interface Server {
  /** 180004 for 18.4 (`server_version_num`). */
  readonly versionNumber: number;
  /** 18 for 18.4. */
  readonly major: number;
  /** `18.4` */
  readonly version: string;
  readonly database: string;
  readonly user: string;
  /** The schemas that unqualified names are looked up in, as they exist (`current_schemas(false)`). */
  readonly searchPath: readonly string[];
}

export interface Reading {
  readonly catalog: Catalog;
  readonly server: Server;
  /** By address key of the table or view. */
  readonly access: ReadonlyMap<string, TableAccess>;
  /** Schemas of libraries in the same database (`graphile_worker`, our own `shipshape`): seen, not compared. */
  readonly setAside: readonly string[];
  /** What else the database holds, sorted: `{ what: 'publications', count: 2 }`. Empty unless `counted`. */
  readonly uncompared: readonly Uncompared[];
}

/** Present, not compared. */
export interface Uncompared {
  readonly what: string;
  readonly count: number;
}

/** `structure`: everything but owners and privileges, which differ between installations. `everything`: those too. */
export type Breadth = 'structure' | 'everything';

/** Limits a reading to what somebody asks about. */
export interface NeededScope {
  /**
   * Only these tables and views with all that hangs on them, in whatever schema has one of these names. What is on no
   * relation (schemas, types, routines, sequences, extensions) is read whole. All when left out.
   */
  readonly tableNames?: readonly string[];
  /** Schemas that are read although they bear the name of a library's: the models declare tables there. */
  readonly ownSchemas?: readonly string[];
}

export interface Scope extends NeededScope {
  /** Only things of these kinds are wanted: others may be missing, and what costs more than it gives is not asked. */
  readonly kinds?: ReadonlySet<Kind>;
  /** `structure` when left out. */
  readonly breadth?: Breadth;
  /** For who tells what was not compared: a third of what the reading of a small schema takes. */
  readonly counted?: boolean;
}

/** A table or view with what a need is judged by; what is in it is taken apart when it is asked for. */
export interface NeededRelation {
  readonly schema: string;
  readonly name: string;
  /** The definition of a view is left empty, and a materialized one taken for populated. */
  readonly table: Table | View | MaterializedView;
  /** By name, in their order. Those of a view may always be null: PostgreSQL says nothing about that. */
  readonly columns: ReadonlyMap<string, Column>;
  /** What an insert can rely on (ON CONFLICT): keys, and unique indexes without their operator classes and collations. */
  readonly arbiters: readonly (PrimaryKey | UniqueKey | Index)[];
  readonly access: TableAccess;
}

/** What a need is judged by, and nothing else. */
export interface NeededReading {
  readonly server: Server;
  readonly relations: readonly NeededRelation[];
  readonly enums: readonly Enum[];
  readonly domains: readonly Domain[];
  /** All of it, put together when it is asked for. */
  readonly catalog: Catalog;
}

/** A table or view, with one word for what a need would be judged by: columns, defaults, keys and unique indexes. */
export interface SealedRelation {
  readonly kind: 'table' | 'view' | 'materialized view';
  readonly schema: string;
  readonly name: string;
  readonly access: TableAccess;
  readonly seal: string;
}

export interface SealedReading {
  readonly server: Server;
  readonly relations: readonly SealedRelation[];
  /** One word for all enums and domains. */
  readonly types: string;
}
