// Rows of constraints to their nouns.
import type { Check, Deferrability, ForeignKey, PrimaryKey, UniqueKey } from '../../catalog/index.ts';
import type { CheckRow, ForeignKeyRow, KeyRow } from '../queries/constraints.ts';
import type { Names } from './names.ts';

const actions = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' } as const;

export function assembleKey(row: KeyRow, names: Names): PrimaryKey | UniqueKey {
  const place = placeOf(row, names);
  const columns = names.columns(row.table, row.columns);
  if (row.primary) return { kind: 'primary key', ...place, columns };
  return {
    kind: 'unique key',
    ...place,
    columns,
    nullsDistinct: !row.nullsNotDistinct,
    deferrability: deferrabilityOf(row),
  };
}

export function assembleForeignKey(row: ForeignKeyRow, names: Names): ForeignKey {
  const referenced = names.table(row.referenced);
  return {
    kind: 'foreign key',
    ...placeOf(row, names),
    columns: names.columns(row.table, row.columns),
    references: {
      schema: referenced.schema,
      table: referenced.name,
      columns: names.columns(row.referenced, row.referencedColumns),
    },
    onDelete: actions[row.onDelete],
    onUpdate: actions[row.onUpdate],
    deferrability: deferrabilityOf(row),
    validated: row.validated,
  };
}

export function assembleCheck(row: CheckRow, names: Names): Check {
  return { kind: 'check', ...placeOf(row, names), expression: row.expression, validated: row.validated };
}

function placeOf(row: { readonly table: string; readonly name: string }, names: Names) {
  const table = names.table(row.table);
  return { schema: table.schema, table: table.name, name: row.name };
}

function deferrabilityOf(row: {
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}): Deferrability {
  if (row.initiallyDeferred) return 'initially deferred';
  return row.deferrable ? 'deferrable' : 'not deferrable';
}
