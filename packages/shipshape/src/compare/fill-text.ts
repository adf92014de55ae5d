// fillText: what fills a column by itself, as text.

/** The default of serial columns. */
const nextOfSequence = /^nextval\('.*'::regclass\)$/;

/**
 * A sequence keeps the name that its table had long ago, and an identity column is filled from one as well: that a
 * sequence fills the column is what counts.
 */
export function fillText(column: {
  readonly default: string | null;
  readonly identity?: string | null;
}): string | null {
  if ((column.identity ?? null) !== null) return 'next value of a sequence';
  return column.default !== null && nextOfSequence.test(column.default)
    ? 'next value of a sequence'
    : column.default;
}
