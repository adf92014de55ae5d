// arbiterColumns: the unique keys that an insert can rely on.
import type { CatalogObject, PrimaryKey, UniqueKey } from '../catalog/index.ts';
import { isColumnKey } from '../compare/index-key.ts';

/**
 * The columns for which `ON CONFLICT (columns)` finds this object, or null. A partial index and one on an expression
 * are not found by columns alone, and a key that is deferrable or WITHOUT OVERLAPS is no arbiter (manual, INSERT,
 * "conflict_target").
 */
export function arbiterColumns(object: CatalogObject): readonly string[] | null {
  if (isKey(object)) return whyNoArbiter(object) === null ? object.columns : null;
  if (object.kind !== 'index' || !object.unique || !object.valid || object.predicate !== null) return null;
  return object.keys.every(isColumnKey) ? object.keys.map((key) => key.expression) : null;
}

/** One for a set of columns, in whatever order. */
export function idOfColumns(columns: readonly string[]): string {
  // Of nearly all it is one, whose name could be the text of a list.
  return columns.length === 1 ? `=${columns[0]}` : JSON.stringify([...columns].sort());
}

export function isKey(object: CatalogObject): object is PrimaryKey | UniqueKey {
  return object.kind === 'primary key' || object.kind === 'unique key';
}

export interface NoArbiter {
  readonly aspect: 'deferrability' | 'overlaps';
  readonly found: string;
  readonly sqlstate: string;
}

/** A deferrable one is found and refused, even beside one that would do; the other is not found. */
export function whyNoArbiter({ deferrability, withoutOverlaps }: PrimaryKey | UniqueKey): NoArbiter | null {
  if (deferrability !== undefined && deferrability !== 'not deferrable')
    return { aspect: 'deferrability', found: deferrability, sqlstate: '55000' };
  return withoutOverlaps === true
    ? { aspect: 'overlaps', found: 'without overlaps', sqlstate: '42P10' }
    : null;
}
