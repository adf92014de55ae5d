// Functions, procedures, aggregates; and what calls them by itself.

export interface Routine {
  readonly kind: 'routine';
  readonly schema: string;
  readonly name: string;
  /** As `pg_get_function_identity_arguments` prints them. */
  readonly arguments: string;
  readonly form: 'function' | 'procedure' | 'window function' | 'aggregate';
  /** As `pg_get_function_result` prints it; null for a procedure. */
  readonly returns: string | null;
  /** The whole as the statement that creates it; `pg_get_functiondef`, or for aggregates put together from the catalogue. */
  readonly definition: string;
}

export interface Trigger {
  readonly kind: 'trigger';
  readonly schema: string;
  readonly table: string;
  readonly name: string;
  /** As `pg_get_triggerdef` prints it. */
  readonly definition: string;
  /** When it fires, by the session's replication role (manual, ALTER TABLE, "ENABLE TRIGGER"). */
  readonly enabled: 'origin' | 'replica' | 'always' | 'never';
}
