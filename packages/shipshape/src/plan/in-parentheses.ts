// inParentheses: expressions that somebody wrote, made safe to stand where PostgreSQL takes less than a whole one.
import type { CatalogObject } from '../catalog/index.ts';

/** `columns`: the names of the table's, since an index key is one of them or an expression. */
export function inParentheses<Object extends CatalogObject>(
  object: Object,
  columns: ReadonlySet<string> = new Set(),
): Object {
  if (object.kind === 'column' && object.default !== null)
    return { ...object, default: `(${object.default})` };
  if (object.kind !== 'index') return object;
  const keys = object.keys.map((key) =>
    columns.has(key.expression) ? key : { ...key, expression: `(${key.expression})` },
  );
  return { ...object, keys, predicate: object.predicate === null ? null : `(${object.predicate})` };
}
