// keyText: one key of an index as text.
import { cutIdentifier, type IndexKey } from '../../catalog/index.ts';
import { isColumnKey } from '../index-key.ts';

export function keyText(key: IndexKey): string {
  const usual = key.descending ? 'first' : 'last';
  return [
    isColumnKey(key) ? cutIdentifier(key.expression) : key.expression,
    ...(key.collation === undefined ? [] : [`collate ${key.collation}`]),
    ...(key.opclass === null ? [] : [key.opclass]),
    ...(key.descending ? ['desc'] : []),
    ...(key.nulls === usual ? [] : [`nulls ${key.nulls}`]),
  ].join(' ');
}
