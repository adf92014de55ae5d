// Features: what the catalogue of a server's version has; the one place that knows versions.

export interface Features {
  /** NULLS NOT DISTINCT, ON DELETE SET NULL (columns), ICU locales of collations: 15. */
  readonly from15: boolean;
  /** Rules of collations: 16. */
  readonly from16: boolean;
  /** The builtin provider, and one column for every provider's locale: 17. */
  readonly from17: boolean;
  /** WITHOUT OVERLAPS, NOT ENFORCED, virtual columns: 18. */
  readonly from18: boolean;
}

/** `versionNumber`: 150018 for 15.18. */
export function featuresOf(versionNumber: number): Features {
  const from = (major: number) => versionNumber >= major * 10_000;
  return { from15: from(15), from16: from(16), from17: from(17), from18: from(18) };
}
