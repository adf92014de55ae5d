// renderIndex: the statement that creates an index on a table that is there.
import { type Index, type IndexKey, quoteIdentifier } from '../catalog/index.ts';
import { type Naming, renderName } from './naming.ts';

/**
 * `columns` are the names of the table's: what a key says is one of them, or else an expression as PostgreSQL prints it.
 * An index that is not valid is rendered as it was meant.
 */
export function renderIndex(
  index: Index,
  columns: ReadonlySet<string>,
  naming: Naming,
  concurrently = false,
): string {
  const { unique, method, keys, include, nullsDistinct, predicate } = index;
  return [
    `CREATE ${unique ? 'UNIQUE ' : ''}INDEX${concurrently ? ' CONCURRENTLY' : ''}${naming.repeatable === true ? ' IF NOT EXISTS' : ''} ${quoteIdentifier(index.name)}`,
    `ON ${renderName(index.schema, index.table, naming)}`,
    method === 'btree' ? '' : `USING ${quoteIdentifier(method)}`,
    `(${keys.map((key) => renderIndexKey(key, columns)).join(', ')})`,
    include.length === 0 ? '' : `INCLUDE (${include.map(quoteIdentifier).join(', ')})`,
    nullsDistinct ? '' : 'NULLS NOT DISTINCT',
    predicate === null ? '' : `WHERE ${predicate}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}

/** Only what differs from the default is said: methods other than btree know no order at all (manual 11.4). */
export function renderIndexKey(
  { expression, collation, opclass, descending, nulls }: IndexKey,
  columns: ReadonlySet<string>,
): string {
  return [
    columns.has(expression) ? quoteIdentifier(expression) : expression,
    collation === undefined ? '' : `COLLATE ${collation}`,
    opclass ?? '',
    descending ? 'DESC' : '',
    nulls === (descending ? 'first' : 'last') ? '' : `NULLS ${nulls.toUpperCase()}`,
  ]
    .filter((part) => part !== '')
    .join(' ');
}
