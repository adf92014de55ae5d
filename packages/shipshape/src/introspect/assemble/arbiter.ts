// A unique index's row to the key or index that it is.
import type { Index, PrimaryKey, TableName, UniqueKey } from '../../catalog/index.ts';
import type { ArbiterRow } from '../queries/needed.ts';
import { deferrabilityOf } from './constraints.ts';

/** `nameOf`: a column by its number. Operator classes and collations are no matter of a need, and left out. */
export function assembleArbiter(
  row: ArbiterRow,
  { schema, name: table }: TableName,
  nameOf: (number: number) => string,
): PrimaryKey | UniqueKey | Index {
  const place = { schema, table, name: row.name };
  const include = row.columns.slice(row.keys).map(nameOf);
  if (row.key === null)
    return {
      kind: 'index',
      ...place,
      unique: true,
      method: row.method,
      keys: row.columns.slice(0, row.keys).map((number, at) => {
        const option = row.options[at] ?? 0;
        return {
          expression: number === 0 ? (row.printed?.[at] as string) : nameOf(number),
          opclass: null,
          descending: (option & 1) !== 0,
          nulls: (option & 2) !== 0 ? 'first' : 'last',
        };
      }),
      include,
      predicate: row.predicate,
      nullsDistinct: !row.nullsNotDistinct,
      valid: row.valid,
    };
  const columns = row.columns.slice(0, row.keys).map(nameOf);
  const deferrability = deferrabilityOf(row);
  const more = {
    ...(include.length === 0 ? {} : { include }),
    ...(row.withoutOverlaps ? { withoutOverlaps: true as const } : {}),
  };
  if (row.key === 'unique key')
    return { kind: row.key, ...place, columns, nullsDistinct: !row.nullsNotDistinct, deferrability, ...more };
  return {
    kind: row.key,
    ...place,
    columns,
    ...more,
    ...(deferrability === 'not deferrable' ? {} : { deferrability }),
  };
}
