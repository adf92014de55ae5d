// Compatibility: what becomes of the code's values when a column has another type than the code declares.
import type { ParsedType } from '../parsed-type.ts';

/**
 * `fine`: every value and usual statement works, so a wider type is fine. `narrower`: usual ones work, some are refused
 * or come out changed. `broken`: usual ones are refused, or mean something else.
 */
export interface Compatibility {
  readonly outcome: 'fine' | 'narrower' | 'broken';
  readonly because: string;
  /** What PostgreSQL answers where it refuses (manual, appendix A); null where it says nothing. */
  readonly sqlstate: string | null;
}

/** Null for types that the rule is not about. `live` is the type as it is printed. */
export type Rule = (code: ParsedType, base: ParsedType, live: string) => Compatibility | null;

export const fine = (because: string): Compatibility => ({ outcome: 'fine', because, sqlstate: null });
export const narrower = (sqlstate: string | null, because: string): Compatibility => ({
  outcome: 'narrower',
  because,
  sqlstate,
});
export const broken = (sqlstate: string | null, because: string): Compatibility => ({
  outcome: 'broken',
  because,
  sqlstate,
});

export const limitOf = ({ modifiers }: ParsedType): number => modifiers[0] ?? Number.POSITIVE_INFINITY;
