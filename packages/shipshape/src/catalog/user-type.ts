// Types beside enums, and collations. A property that is left out has the value that PostgreSQL gives unasked.

export interface Domain {
  readonly kind: 'domain';
  readonly schema: string;
  readonly name: string;
  /** The type underneath, as `format_type` prints it. */
  readonly type: string;
  readonly nullable: boolean;
  readonly default: string | null;
  readonly collation?: string;
  /** Sorted by name. */
  readonly checks: readonly {
    readonly name: string;
    readonly expression: string;
    readonly validated: boolean;
  }[];
}

export interface CompositeType {
  readonly kind: 'composite type';
  readonly schema: string;
  readonly name: string;
  readonly attributes: readonly {
    readonly name: string;
    readonly type: string;
    readonly collation?: string;
  }[];
}

export interface RangeType {
  readonly kind: 'range type';
  readonly schema: string;
  readonly name: string;
  readonly subtype: string;
  readonly opclass?: string;
  readonly collation?: string;
  readonly canonical?: string;
  readonly subtypeDiff?: string;
  /** Its multirange type, complete. */
  readonly multirange: string;
}

export interface Collation {
  readonly kind: 'collation';
  readonly schema: string;
  readonly name: string;
  readonly provider: 'icu' | 'libc' | 'builtin';
  /** What the provider calls it; for libc `collate/ctype` where the two differ. */
  readonly locale: string;
  readonly deterministic: boolean;
  readonly rules?: string;
}
