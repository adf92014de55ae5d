// How names, lists and flags are told as text, so that two of them can be compared.
import { cutIdentifier, quoteIdentifier } from '../../catalog/index.ts';

/** As PostgreSQL stores a name, so that a longer one in a model is the same. */
export const stored = (name: string): string => quoteIdentifier(cutIdentifier(name));
export const list = (names: readonly string[]): string => names.map(stored).join(', ');
export const sorted = (names: readonly string[]): string => list([...names].sort());
/** Null for what is not there. */
export const listed = (names: readonly string[] | undefined): string | null =>
  names === undefined || names.length === 0 ? null : list(names);
export const distinctness = (distinct: boolean): string =>
  distinct ? 'nulls distinct' : 'nulls not distinct';
export const validity = (valid: boolean): string => (valid ? 'valid' : 'not valid');
export const named = ({ schema, name }: { readonly schema: string; readonly name: string }): string =>
  `${stored(schema)}.${stored(name)}`;
/** For words that are no names. */
export const inAnyOrder = (words: readonly string[]): string => [...words].sort().join(', ');
/** For aspects that are printed expressions whatever the thing. */
export const always = (): boolean => true;
