// Policies of row security (manual 5.9).

export interface Policy {
  readonly kind: 'policy';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete';
  readonly permissive: boolean;
  /** Sorted; `PUBLIC` for everybody. */
  readonly roles: readonly string[];
  /** As `pg_get_expr` prints them, or null. */
  readonly using: string | null;
  readonly withCheck: string | null;
}
