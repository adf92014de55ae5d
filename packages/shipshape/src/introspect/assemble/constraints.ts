// Rows of constraints to their nouns.
import type {
  Check,
  Deferrability,
  ExclusionConstraint,
  ForeignKey,
  Index,
  PrimaryKey,
  UniqueKey,
} from '../../catalog/index.ts';
import type { CheckRow, ExclusionRow, ForeignKeyRow, KeyRow } from '../queries/constraints.ts';
import type { Names } from './names.ts';

const actions = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' } as const;

export function assembleKey(row: KeyRow, names: Names): PrimaryKey | UniqueKey {
  const place = placeOf(row, names);
  const columns = names.columns(row.table, row.columns);
  const include = names.columns(row.table, row.indexed.slice(row.columns.length));
  const deferrability = deferrabilityOf(row);
  const more = {
    ...(include.length === 0 ? {} : { include }),
    ...(row.withoutOverlaps ? { withoutOverlaps: true as const } : {}),
  };
  if (row.primary)
    return {
      kind: 'primary key',
      ...place,
      columns,
      ...more,
      ...(deferrability === 'not deferrable' ? {} : { deferrability }),
    };
  return {
    kind: 'unique key',
    ...place,
    columns,
    nullsDistinct: !row.nullsNotDistinct,
    deferrability,
    ...more,
  };
}

export function assembleForeignKey(row: ForeignKeyRow, names: Names): ForeignKey {
  const referenced = names.relation(row.referenced);
  const { onDeleteColumns } = row;
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
    ...(row.matchFull ? { match: 'full' } : {}),
    ...(onDeleteColumns === null ? {} : { onDeleteColumns: names.columns(row.table, onDeleteColumns) }),
    ...(row.period ? { period: true } : {}),
    ...(row.enforced ? {} : { enforced: false }),
  };
}

export function assembleCheck(row: CheckRow, names: Names): Check {
  return {
    kind: 'check',
    ...placeOf(row, names),
    expression: row.expression,
    validated: row.validated,
    ...(row.noInherit ? { noInherit: true } : {}),
    ...(row.enforced ? {} : { enforced: false }),
  };
}

/** `index`: its own. */
export function assembleExclusion(row: ExclusionRow, index: Index, names: Names): ExclusionConstraint {
  return {
    kind: 'exclusion constraint',
    ...placeOf(row, names),
    method: index.method,
    elements: index.keys.map((key, at) => ({ key, operator: row.operators[at] as string })),
    ...(index.include.length === 0 ? {} : { include: index.include }),
    predicate: index.predicate,
    deferrability: deferrabilityOf(row),
  };
}

function placeOf(row: { readonly table: string; readonly name: string }, names: Names) {
  const table = names.relation(row.table);
  return { schema: table.schema, table: table.name, name: row.name };
}

export function deferrabilityOf(row: {
  readonly deferrable: boolean;
  readonly initiallyDeferred: boolean;
}): Deferrability {
  if (row.initiallyDeferred) return 'initially deferred';
  return row.deferrable ? 'deferrable' : 'not deferrable';
}
