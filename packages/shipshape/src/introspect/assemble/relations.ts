// Rows of tables, views and sequences to their nouns.
import type { MaterializedView, Sequence, SequenceOptions, Table, View } from '../../catalog/index.ts';
import type { TableRow } from '../queries/relations.ts';
import type { SequenceRow } from '../queries/sequences.ts';
import type { ViewRow } from '../queries/views.ts';
import type { Names } from './names.ts';

export function assembleTable(row: TableRow): Table {
  const { partitionBy, partitionOf, inherits, server } = row;
  return {
    kind: 'table',
    schema: row.schema,
    name: row.name,
    ...(partitionBy ? { partitionBy } : {}),
    ...(partitionOf ? { partitionOf } : {}),
    ...(inherits ? { inherits } : {}),
    ...(row.policed === true ? { rowSecurity: row.forced === true ? 'forced' : 'enabled' } : {}),
    ...(row.unlogged === true ? { unlogged: true } : {}),
    ...(server ? { foreignServer: server } : {}),
  };
}

export function assembleView(row: ViewRow): View | MaterializedView {
  const viewed = {
    schema: row.schema,
    name: row.name,
    columns: row.columns ?? [],
    definition: row.definition.trim().replace(/;$/, ''),
  };
  if (row.materialized) return { kind: 'materialized view', ...viewed, populated: row.populated };
  return {
    kind: 'view',
    ...viewed,
    ...(row.options === null ? {} : { options: [...row.options].sort() }),
  };
}

/** One that fills the column that owns it is that column's own. */
export function assembleSequence(row: SequenceRow, names: Names): Sequence {
  const { schema, name, owner } = row;
  const [column] = owner === null ? [] : names.columns(owner.table, [owner.column]);
  const table = owner === null ? null : names.table(owner.table);
  return {
    kind: 'sequence',
    schema,
    name,
    options: unusualOptions(row, 'bigint'),
    ...(table === null || column === undefined
      ? {}
      : { ownedBy: { schema: table.schema, table: table.name, column } }),
  };
}

const mostOf: Readonly<Record<string, bigint>> = {
  smallint: 2n ** 15n - 1n,
  integer: 2n ** 31n - 1n,
  bigint: 2n ** 63n - 1n,
};

/** What CREATE SEQUENCE would have to say (manual, CREATE SEQUENCE), where `usualType` is its type unasked. */
export function unusualOptions(row: SequenceRow, usualType: string): SequenceOptions {
  const most = mostOf[row.type] ?? (mostOf.bigint as bigint);
  const ascending = !row.increment.startsWith('-');
  const min = ascending ? 1n : -most - 1n;
  const max = ascending ? most : -1n;
  return {
    ...(row.type === usualType ? {} : { type: row.type }),
    ...(row.start === (ascending ? row.min : row.max) ? {} : { start: row.start }),
    ...(row.increment === '1' ? {} : { increment: row.increment }),
    ...(row.min === String(min) ? {} : { min: row.min }),
    ...(row.max === String(max) ? {} : { max: row.max }),
    ...(row.cache === '1' ? {} : { cache: row.cache }),
    ...(row.cycle ? { cycle: true } : {}),
  };
}
