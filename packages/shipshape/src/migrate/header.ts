// Header: what a migration file of ours says of itself before its first statement.

/** A loss that the author has weighed: `destroys call_log.note because nobody has read it since May`. */
export interface Consent {
  readonly act: 'destroys' | 'rewrites';
  /** As people write it: `call_log.note`. */
  readonly address: string;
  readonly because: string;
  /** 1-based. */
  readonly line: number;
}

/** The file is one statement, run again and again over the rows between two keys, `$1` and `$2`, both of them included. */
export interface Backfill {
  /** As the file spells it, with or without its schema. */
  readonly table: string;
  /** A column whose order the table is gone through by. */
  readonly key: string;
  /** Rows between two commits, at most. A pass that looks for what was written meanwhile takes many batches at once. */
  readonly batch: number;
  /** Between two batches. */
  readonly pauseMs: number;
}

export interface Header {
  /** Each statement commits by itself, and is journalled. */
  readonly noTransaction: boolean;
  readonly backfill: Backfill | null;
  /** The author's promise that the statements may run again on what they made; a run does nothing else for it. */
  readonly repeatable: boolean;
  readonly consents: readonly Consent[];
  /** In place of the run's own; 0 waits without end. */
  readonly lockTimeoutMs: number | null;
  /** A major version of PostgreSQL. */
  readonly requires: number | null;
}

export const plainHeader: Header = {
  noTransaction: false,
  backfill: null,
  repeatable: false,
  consents: [],
  lockTimeoutMs: null,
  requires: null,
};
