// The keys and checks of one drizzle table, named as drizzle names them.
import type { ForeignKey as DrizzleForeignKey, PgColumn, PgTable } from 'drizzle-orm/pg-core';
import {
  type Check,
  cutIdentifier,
  type ForeignKey,
  type PrimaryKey,
  type UniqueKey,
} from '../../catalog/index.ts';
import type { Dialect, TableConfig } from './dialect.ts';
import { type Mark, type Told, tableMark } from './told.ts';

/** A table's place, and the name that other names are derived from. */
export interface Owner {
  readonly schema: string;
  /** As PostgreSQL stores it. */
  readonly table: string;
  /** As the models say it, however long. */
  readonly fullName: string;
  /** The property of a column, by the column's name in the database; the table where no column has it. */
  readonly markOf: (column: string) => Mark;
}

interface Named {
  readonly name: string;
  readonly keyAsName: boolean;
}

/** `columns`: that say it themselves. */
export function readPrimaryKeys(
  dialect: Dialect,
  owner: Owner,
  columns: readonly PgColumn[],
  constraints: TableConfig['primaryKeys'],
): readonly Told[] {
  const own = columns.map((column) => nameIn(dialect, column));
  const [first] = own;
  const inline: readonly Told[] =
    first === undefined
      ? []
      : [{ object: key(nameOfInlineKey(owner.table), own), mark: owner.markOf(first) }];
  const declared = constraints.map((each): Told => {
    const full = each.columns.map((column) => dialect.nameOf(column));
    return {
      object: key(
        each.name ?? `${owner.fullName}_${full.join('_')}_pk`,
        each.columns.map((column) => nameIn(dialect, column)),
      ),
      mark: each.name === undefined ? tableMark : { kind: 'text', text: each.name },
    };
  });
  return [...inline, ...declared];

  function key(name: string, columns: readonly string[]): PrimaryKey {
    const { schema, table } = owner;
    return { kind: 'primary key', schema, table, name: cutIdentifier(name), columns };
  }
}

/** `columns`: that say it themselves. */
export function readUniqueKeys(
  dialect: Dialect,
  owner: Owner,
  columns: readonly PgColumn[],
  constraints: TableConfig['uniqueConstraints'],
): readonly Told[] {
  const { schema, table } = owner;
  const key = (name: string, columns: readonly string[], nullsDistinct: boolean): UniqueKey => ({
    kind: 'unique key',
    schema,
    table,
    name: cutIdentifier(name),
    columns,
    nullsDistinct,
    deferrability: 'not deferrable',
  });
  const inline = columns.map((column): Told => {
    const name = nameIn(dialect, column);
    // drizzle names it after the property, before `casing` applies; so does drizzle-kit.
    const given = column.uniqueName ?? `${owner.fullName}_${column.name}_unique`;
    return { object: key(given, [name], column.uniqueType !== 'not distinct'), mark: owner.markOf(name) };
  });
  const declared = constraints.map((each): Told => {
    const columns = each.columns.map((column) => nameIn(dialect, column));
    const name = each.getName() ?? `${owner.fullName}_${columns.join('_')}_unique`;
    return { object: key(name, columns, !each.nullsNotDistinct), mark: { kind: 'text', text: name } };
  });
  return [...inline, ...declared];
}

/** Throws whatever a reference throws. */
export function readForeignKey(dialect: Dialect, owner: Owner, source: DrizzleForeignKey): Told {
  const { columns, foreignColumns, foreignTable, name } = source.reference();
  const target = dialect.placeOf(foreignTable as PgTable);
  const full = (list: readonly Named[]): string => list.map((each) => dialect.nameOf(each)).join('_');
  const deriveName = () => {
    const targetName = dialect.orm.core.getTableName(foreignTable);
    return `${owner.fullName}_${full(columns)}_${targetName}_${full(foreignColumns)}_fk`;
  };
  const near = columns.map((column) => nameIn(dialect, column));
  const object: ForeignKey = {
    kind: 'foreign key',
    schema: owner.schema,
    table: owner.table,
    name: cutIdentifier(name ?? deriveName()),
    columns: near,
    references: {
      ...target,
      columns: foreignColumns.map((column) => nameIn(dialect, column)),
    },
    onDelete: source.onDelete ?? 'no action',
    onUpdate: source.onUpdate ?? 'no action',
    deferrability: 'not deferrable',
    validated: true,
  };
  const [first] = near;
  if (name !== undefined) return { object, mark: { kind: 'text', text: name } };
  return { object, mark: first === undefined ? tableMark : owner.markOf(first) };
}

export function readCheck(dialect: Dialect, owner: Owner, source: TableConfig['checks'][number]): Told {
  const object: Check = {
    kind: 'check',
    schema: owner.schema,
    table: owner.table,
    name: cutIdentifier(source.name),
    expression: dialect.renderExpression(source.value),
    validated: true,
  };
  return { object, mark: { kind: 'text', text: source.name } };
}

function nameIn(dialect: Dialect, column: Named): string {
  return cutIdentifier(dialect.nameOf(column));
}

/** `.primaryKey()` of a column leaves the name to PostgreSQL: the table's, shortened to make room for `_pkey`. */
function nameOfInlineKey(table: string): string {
  const ending = '_pkey';
  let stem = table;
  while (Buffer.byteLength(stem + ending) > 63) stem = Array.from(stem).slice(0, -1).join('');
  return `${stem}${ending}`;
}
