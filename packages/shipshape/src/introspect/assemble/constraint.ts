// A constraint's row to its noun.
import type { Constraint, Deferrability, Table } from '../../catalog/index.ts';
import type { ConstraintRow } from '../queries/constraints.ts';

const actions = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' } as const;

export function assembleConstraint(row: ConstraintRow, table: Table): Constraint {
  const place = { schema: table.schema, table: table.name, name: row.name };
  switch (row.kind) {
    case 'p':
      return { kind: 'primary key', ...place, columns: row.columns };
    case 'u':
      return {
        kind: 'unique key',
        ...place,
        columns: row.columns,
        nullsDistinct: !row.nullsNotDistinct,
        deferrability: deferrabilityOf(row),
      };
    case 'f':
      return {
        kind: 'foreign key',
        ...place,
        columns: row.columns,
        references: {
          schema: row.referencedSchema,
          table: row.referencedTable,
          columns: row.referencedColumns,
        },
        onDelete: actions[row.onDelete],
        onUpdate: actions[row.onUpdate],
        deferrability: deferrabilityOf(row),
        validated: row.validated,
      };
    case 'c':
      return { kind: 'check', ...place, expression: row.expression, validated: row.validated };
  }
}

function deferrabilityOf(row: ConstraintRow): Deferrability {
  if (row.initiallyDeferred) return 'initially deferred';
  return row.deferrable ? 'deferrable' : 'not deferrable';
}
