// A column's row to its noun.
import type { Column, Table } from '../../catalog/index.ts';
import type { ColumnRow } from '../queries/relations.ts';

const identities = { '': null, a: 'always', d: 'by default' } as const;

export function assembleColumn(row: ColumnRow, table: Table): Column {
  return {
    kind: 'column',
    schema: table.schema,
    table: table.name,
    name: row.name,
    type: row.type,
    nullable: !row.required,
    default: row.generated === '' ? row.expression : null,
    identity: identities[row.identity],
    generated: row.generated === '' ? null : row.expression,
  };
}
