// renderIndex: the statement that creates an index on a table that is there.
import { type Column, type Index, type IndexKey, quoteIdentifier, quoteQualified } from '../catalog/index.ts';

/**
 * `columns` are the table's: what a key says is the name of one of them, or else an expression. An index that is not
 * valid is rendered as it was meant.
 */
export function renderIndex(index: Index, columns: readonly Column[]): string {
  const names = new Set(columns.map(({ name }) => name));
  const keys = index.keys.map((key) => renderKey(key, names)).join(', ');
  return [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quoteIdentifier(index.name)}`,
    `ON ${quoteQualified(index.schema, index.table)} USING ${quoteIdentifier(index.method)} (${keys})`,
    index.include.length === 0 ? '' : `INCLUDE (${index.include.map(quoteIdentifier).join(', ')})`,
    index.nullsDistinct ? '' : 'NULLS NOT DISTINCT',
    index.predicate === null ? '' : `WHERE (${index.predicate})`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Only what differs from the default is said: methods other than btree know no order at all (manual 11.4). */
function renderKey(key: IndexKey, columns: ReadonlySet<string>): string {
  const usualNulls = key.descending ? 'first' : 'last';
  return [
    columns.has(key.expression) ? quoteIdentifier(key.expression) : `(${key.expression})`,
    key.opclass ?? '',
    key.descending ? 'DESC' : '',
    key.nulls === usualNulls ? '' : `NULLS ${key.nulls.toUpperCase()}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
