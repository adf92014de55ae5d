// An index that is not the work of a constraint.

export interface IndexKey {
  /** A column's name, not quoted, or an expression as `pg_get_indexdef(…, n, true)` prints it. */
  readonly expression: string;
  /** The operator class as SQL (`text_pattern_ops`, `public.gin_trgm_ops`), or null for the type's default. */
  readonly opclass: string | null;
  readonly descending: boolean;
  readonly nulls: 'first' | 'last';
  /** As SQL, where it is not the one of what is indexed. */
  readonly collation?: string;
}

export interface Index {
  readonly kind: 'index';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly unique: boolean;
  readonly method: string;
  readonly keys: readonly IndexKey[];
  readonly include: readonly string[];
  /** The WHERE of a partial index as `pg_get_expr` prints it, or null. */
  readonly predicate: string | null;
  readonly nullsDistinct: boolean;
  /** False for what a failed `CREATE INDEX CONCURRENTLY` leaves behind. */
  readonly valid: boolean;
}
