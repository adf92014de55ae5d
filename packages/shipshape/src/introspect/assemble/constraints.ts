// Rows of constraints to their nouns.
import type {
  Check,
  Deferrability,
  ExclusionConstraint,
  ForeignKey,
  PrimaryKey,
  UniqueKey,
} from '../../catalog/index.ts';
import type { CheckRow, ForeignKeyRow, KeyRow } from '../queries/constraints.ts';
import type { ExclusionRow } from '../queries/indexes.ts';
import { assembleKeys } from './index-of-table.ts';
import type { Names } from './names.ts';

const actions = { a: 'no action', r: 'restrict', c: 'cascade', n: 'set null', d: 'set default' } as const;

export function assembleKey(row: KeyRow, names: Names): PrimaryKey | UniqueKey {
  const place = placeOf(row, names);
  const columns = names.columns(row.table, row.columns);
  const deferrability = deferrabilityOf(row);
  const rest = {
    ...(row.include.length === 0 ? {} : { include: names.columns(row.table, row.include) }),
    ...(row.withoutOverlaps ? { withoutOverlaps: true as const } : {}),
  };
  if (row.primary)
    return {
      kind: 'primary key',
      ...place,
      columns,
      ...rest,
      ...(deferrability === 'not deferrable' ? {} : { deferrability }),
    };
  return {
    kind: 'unique key',
    ...place,
    columns,
    nullsDistinct: !row.nullsNotDistinct,
    deferrability,
    ...rest,
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
    ...(row.full ? { match: 'full' as const } : {}),
    ...(row.onDeleteColumns === null
      ? {}
      : { onDeleteColumns: names.columns(row.table, row.onDeleteColumns) }),
    ...(row.period ? { period: true as const } : {}),
    ...(row.enforced ? {} : { enforced: false as const }),
  };
}

export function assembleCheck(row: CheckRow, names: Names): Check {
  return {
    kind: 'check',
    ...placeOf(row, names),
    expression: row.expression,
    validated: row.validated,
    ...(row.noInherit ? { noInherit: true as const } : {}),
    ...(row.enforced ? {} : { enforced: false as const }),
  };
}

/** `opclasses`: names by oid, of those that are not a type's default. */
export function assembleExclusion(
  row: ExclusionRow,
  names: Names,
  opclasses: ReadonlyMap<string, string>,
): ExclusionConstraint {
  const include = names.columns(row.table, row.columns.slice(row.keys));
  return {
    kind: 'exclusion constraint',
    ...placeOf(row, names),
    method: row.method,
    elements: assembleKeys(row, names, opclasses).map((key, at) => ({
      key,
      operator: row.operators[at] as string,
    })),
    predicate: row.predicate,
    deferrability: deferrabilityOf(row),
    ...(include.length === 0 ? {} : { include }),
  };
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
