// A column's row to its noun.
import type { Column, SequenceOptions } from '../../catalog/index.ts';
import type { ColumnRow } from '../queries/relations.ts';
import type { Names } from './names.ts';

const identities = { '': null, a: 'always', d: 'by default' } as const;

/** `position`: where it stands among the columns that are left. */
export function assembleColumn(
  row: ColumnRow,
  names: Names,
  position: number,
  sequence: SequenceOptions | undefined,
): Column {
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
    position,
    ...(row.generated === 'v' ? { virtual: true } : {}),
    ...(row.collation === null ? {} : { collation: row.collation }),
    ...(sequence === undefined ? {} : { sequence }),
  };
}
