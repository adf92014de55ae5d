// Told: something the models declare in a table, and the words in the code that declare it.
import type { Part } from '../../catalog/index.ts';

/** Within the call that makes the table: the property of a column, a name written as text, or the table itself. */
export type Mark =
  | { readonly kind: 'property'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'table' };

export interface Told {
  readonly object: Part;
  readonly mark: Mark;
}

export const tableMark: Mark = { kind: 'table' };
