// Views, plain and materialized.

export interface ViewColumn {
  readonly name: string;
  /** As `format_type` prints it. */
  readonly type: string;
}

interface Viewed {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly ViewColumn[];
  /** As `pg_get_viewdef` prints it, without the semicolon. */
  readonly definition: string;
}

export interface View extends Viewed {
  readonly kind: 'view';
  /** `security_barrier=true`, `check_option=local`, sorted. */
  readonly options?: readonly string[];
}

export interface MaterializedView extends Viewed {
  readonly kind: 'materialized view';
  /** False for what was created WITH NO DATA and never refreshed. */
  readonly populated: boolean;
}
