// arbiterColumns: the unique keys that an insert can rely on.
import type { CatalogObject } from '../catalog/index.ts';
import { isColumnKey } from '../compare/index-key.ts';

/**
 * The columns for which `ON CONFLICT (columns)` finds this object, or null. A partial index and one on an expression
 * are not found by columns alone, and a deferrable constraint is no arbiter (manual, INSERT, "conflict_target").
 */
export function arbiterColumns(object: CatalogObject): readonly string[] | null {
  if (object.kind === 'primary key') return object.columns;
  if (object.kind === 'unique key') return object.deferrability === 'not deferrable' ? object.columns : null;
  if (object.kind !== 'index' || !object.unique || !object.valid || object.predicate !== null) return null;
  return object.keys.every(isColumnKey) ? object.keys.map((key) => key.expression) : null;
}
