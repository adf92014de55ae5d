// A column's row to its noun.
import type { Column } from '../../catalog/index.ts';
import type { ColumnRow } from '../queries/relations.ts';
import type { Names } from './names.ts';

const identities = { '': null, a: 'always', d: 'by default' } as const;

export function assembleColumn(row: ColumnRow, names: Names): Column {
  const table = names.table(row.table);
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
