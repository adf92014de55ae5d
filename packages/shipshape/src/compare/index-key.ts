// What an index key is about.
import type { IndexKey } from '../catalog/index.ts';

/** True for a column's bare name: every expression that can be indexed is printed with parentheses (manual 11.7). */
export function isColumnKey({ expression }: IndexKey): boolean {
  return !/[()]/.test(expression);
}
