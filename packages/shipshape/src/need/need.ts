// Need: what one release of the code needs from a database, as plain data that fits in the snapshot.
import { cutIdentifier, type Origin, type TopAddress } from '../catalog/index.ts';

/** A null aspect is one the source is silent about: it is not judged. */
export interface ColumnNeed {
  readonly name: string;
  /** As `format_type` prints it. */
  readonly type: string | null;
  /** What is under the type, where it is a domain that the code declares. */
  readonly over?: string;
  readonly nullable: boolean | null;
  /** Whether the code's inserts may leave it out because the database is expected to fill it. */
  readonly filled: boolean | null;
  /** The declared default as PostgreSQL prints it, where a server elaborated it; null where it is not known. */
  readonly default: string | null;
  readonly origin: Origin | null;
}

export interface UniqueKeyNeed {
  readonly columns: readonly string[];
  readonly primary: boolean;
}

/** What PostgreSQL calls such a key when nobody names it. */
export function nameOfKey(table: string, { columns, primary }: UniqueKeyNeed): string {
  return cutIdentifier(primary ? `${table}_pkey` : `${[table, ...columns].join('_')}_key`);
}

/** A table, or a view of which only reading is needed. */
export interface TableNeed {
  /** Left out for a table. */
  readonly kind?: 'view' | 'materialized view';
  readonly schema: string;
  readonly name: string;
  /** True when the code names it without a schema, so that `search_path` decides. */
  readonly unqualified: boolean;
  readonly columns: readonly ColumnNeed[];
  readonly uniqueKeys: readonly UniqueKeyNeed[];
  readonly origin: Origin | null;
}

export function addressOfNeed({ kind, schema, name }: TableNeed): TopAddress {
  return { kind: kind ?? 'table', schema, name };
}

export interface EnumNeed {
  readonly schema: string;
  readonly name: string;
  /** True when the code names it without a schema, so that `search_path` decides. */
  readonly unqualified: boolean;
  readonly labels: readonly string[];
  readonly origin: Origin | null;
}

export interface Need {
  readonly tables: readonly TableNeed[];
  readonly enums: readonly EnumNeed[];
}
