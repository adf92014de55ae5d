// inParentheses: expressions that somebody wrote, made safe to stand where PostgreSQL takes less than a whole one.
import type { CatalogObject, IndexKey } from '../catalog/index.ts';

/** `columns`: the names of the table's, since an index key is one of them or an expression. */
export function inParentheses<Object extends CatalogObject>(
  object: Object,
  columns: ReadonlySet<string> = new Set(),
): Object {
  if (object.kind === 'column' && object.default !== null)
    return { ...object, default: `(${object.default})` };
  if (object.kind === 'domain' && object.default !== null)
    return { ...object, default: `(${object.default})` };
  if (object.kind !== 'index' && object.kind !== 'exclusion constraint') return object;
  const safe = (key: IndexKey): IndexKey =>
    columns.has(key.expression) ? key : { ...key, expression: `(${key.expression})` };
  const predicate = object.predicate === null ? null : `(${object.predicate})`;
  return object.kind === 'index'
    ? { ...object, keys: object.keys.map(safe), predicate }
    : { ...object, elements: object.elements.map((each) => ({ ...each, key: safe(each.key) })), predicate };
}
