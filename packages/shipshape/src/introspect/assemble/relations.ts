// Rows of tables and views to their nouns.
import type { MaterializedView, Table, View, ViewColumn } from '../../catalog/index.ts';
import type { RelationRow, TableDetailRow, ViewDetailRow } from '../queries/relations.ts';

export function assembleTable(
  { schema, name, server }: RelationRow,
  detail: TableDetailRow | undefined,
): Table {
  const table: Table = {
    kind: 'table',
    schema,
    name,
    ...(server === null ? {} : { foreignServer: server }),
  };
  if (detail === undefined) return table;
  const { partitionBy, bound, parents, rowSecurity, rowSecurityForced, unlogged } = detail;
  const [parent] = parents ?? [];
  return {
    ...table,
    ...(partitionBy === null ? {} : { partitionBy }),
    ...(bound === null || parent === undefined ? {} : { partitionOf: { ...parent, bound } }),
    ...(bound !== null || parents === null ? {} : { inherits: parents }),
    // FORCE without ENABLE does nothing (manual, ALTER TABLE).
    ...(rowSecurity ? { rowSecurity: rowSecurityForced ? 'forced' : 'enabled' } : {}),
    ...(unlogged ? { unlogged } : {}),
  };
}

/** Without a detail the definition is left empty, and a materialized view taken for populated. */
export function assembleView(
  { schema, name, kind }: RelationRow,
  columns: readonly ViewColumn[],
  detail: ViewDetailRow | undefined,
): View | MaterializedView {
  const viewed = { schema, name, columns, definition: detail?.definition ?? '' };
  if (kind === 'm') return { kind: 'materialized view', ...viewed, populated: detail?.populated ?? true };
  const options = [...(detail?.options ?? [])].sort();
  return { kind: 'view', ...viewed, ...(options.length === 0 ? {} : { options }) };
}
