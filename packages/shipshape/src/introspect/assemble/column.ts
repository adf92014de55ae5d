// A column's row to its noun.
import type { Column, SequenceOptions, TableName } from '../../catalog/index.ts';
import type { ColumnRow } from '../queries/columns.ts';

/**
 * `position`: from 1. `collations`: names by oid. `sequence`: the unusual options of the one that the column owns and
 * is filled from.
 */
export function assembleColumn(
  row: ColumnRow,
  table: TableName,
  position: number,
  collations: ReadonlyMap<string, string>,
  sequence: SequenceOptions | undefined,
): Column {
  const letters = row.d;
  const generated = letters.includes('s') || letters.includes('v');
  const column: Column = {
    kind: 'column',
    schema: table.schema,
    table: table.name,
    name: row.a,
    type: row.b,
    nullable: !row.g,
    default: generated ? null : row.c,
    identity: letters.includes('a') ? 'always' : letters.includes('d') ? 'by default' : null,
    generated: generated ? row.c : null,
    position,
  };
  // Nearly all are plain, and to spread nothing costs as much as all of the above.
  if (letters === '' && sequence === undefined) return column;
  const collation = letters.includes('c') ? collations.get(row.f as string) : undefined;
  return {
    ...column,
    ...(letters.includes('v') ? { virtual: true } : {}),
    ...(collation === undefined ? {} : { collation }),
    ...(sequence === undefined || Object.keys(sequence).length === 0 ? {} : { sequence }),
  };
}
