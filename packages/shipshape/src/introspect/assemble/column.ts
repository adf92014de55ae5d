// A column's row to its noun.
import type { Column, SequenceOptions } from '../../catalog/index.ts';
import type { ColumnRow } from '../queries/columns.ts';
import type { Names } from './names.ts';

const identities = { '': null, a: 'always', d: 'by default' } as const;

/** `collations`: names by oid. `sequence`: the unusual options of the one that the column owns and is filled from. */
export function assembleColumn(
  row: ColumnRow,
  names: Names,
  collations: ReadonlyMap<string, string>,
  sequence: SequenceOptions | undefined,
): Column {
  const table = names.relation(row.table);
  const collation = row.collated === true ? collations.get(row.collation ?? '') : undefined;
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
    position: names.position(row.table, row.number),
    ...(row.generated === 'v' ? { virtual: true } : {}),
    ...(collation === undefined ? {} : { collation }),
    ...(sequence === undefined || Object.keys(sequence).length === 0 ? {} : { sequence }),
  };
}
