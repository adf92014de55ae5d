// Which migration, whether it ran, and what it made.

/** A migration file's name without its ending: `0051_call_log_cost_metrics`. */
export type MigrationId = string;

/** A row of the ledger: this migration is applied here. */
export interface LedgerEntry {
  readonly id: MigrationId;
  /** `sha256:<hex>` of the file's bytes as they were applied. */
  readonly checksum: string;
  /** ISO 8601, server clock. */
  readonly appliedAt: string;
}

/**
 * Which migration made what: the key is an address key (`column public.t.c`: who created it) or an address key with an
 * aspect (`column public.t.c#type`: who gave that aspect its present value, when that was not the creator).
 */
export type Provenance = Readonly<Record<string, MigrationId>>;

/** Who made this address, or gave this aspect its present value; null when no migration is known to have. */
export function makerOf(provenance: Provenance, addressKey: string, aspect?: string): MigrationId | null {
  return (
    (aspect === undefined ? undefined : provenance[`${addressKey}#${aspect}`]) ??
    provenance[addressKey] ??
    null
  );
}

/** The address key inside a provenance key. Aspects have plain names, and a name with a `#` in it is always quoted. */
export function addressKeyOf(provenanceKey: string): string {
  return provenanceKey.replace(/#[a-z ]+$/i, '');
}
