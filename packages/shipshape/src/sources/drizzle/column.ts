// One drizzle column as the catalog's.
import type { PgColumn, PgEnum } from 'drizzle-orm/pg-core';
import { type Column, cutIdentifier, isSerial, quoteQualified } from '../../catalog/index.ts';
import { type Dialect, renderValue } from './dialect.ts';
import { sequenceOptions } from './sequence.ts';

interface Owner {
  readonly schema: string;
  readonly table: string;
}

/**
 * `own`: the enum behind it. `filled`: by the code, whose default is not the database's business. Throws an Error when
 * the column's default or expression throws.
 */
export function readColumn(
  dialect: Dialect,
  owner: Owner,
  source: PgColumn,
  own: PgEnum<[string, ...string[]]> | null,
  filled: boolean,
): Column {
  const type = typeOf(source, own);
  const identity = source.generatedIdentity?.type;
  const { generated } = source;
  const column: Column = {
    kind: 'column',
    schema: owner.schema,
    table: owner.table,
    name: cutIdentifier(dialect.nameOf(source)),
    type,
    nullable: !(source.notNull || identity !== undefined || isSerial(type)),
    default: filled ? null : renderDefault(dialect, source),
    identity: identity === undefined ? null : identity === 'always' ? 'always' : 'by default',
    generated: generated === undefined ? null : renderGenerated(dialect, generated.as),
  };
  return withSequence(column, source);
}

function withSequence(column: Column, { generatedIdentity }: PgColumn): Column {
  if (generatedIdentity?.sequenceOptions === undefined) return column;
  const options = sequenceOptions(generatedIdentity.sequenceOptions);
  return Object.keys(options).length === 0 ? column : { ...column, sequence: options };
}

/** The enum behind a column, exported or not, its arrays unpacked. */
export function enumOf({ orm }: Dialect, column: PgColumn): PgEnum<[string, ...string[]]> | null {
  const base = baseOf(orm.core.is, orm.pg.PgArray, column);
  const candidate: unknown = 'enum' in base ? base.enum : null;
  return orm.pg.isPgEnum(candidate) ? candidate : null;
}

function baseOf(
  is: Dialect['orm']['core']['is'],
  array: Dialect['orm']['pg']['PgArray'],
  column: PgColumn,
): PgColumn {
  let base: PgColumn = column;
  // drizzle's `is` goes through all classes of what is none.
  while ('baseColumn' in base && is(base, array)) base = base.baseColumn as PgColumn;
  return base;
}

/** As drizzle says it; an enum with its schema, which drizzle leaves out. */
export function typeOf(column: PgColumn, own: PgEnum<[string, ...string[]]> | null): string {
  if (own === null) return column.getSQLType();
  const name = quoteQualified(own.schema ?? 'public', cutIdentifier(own.enumName));
  return `${name}${column.getSQLType().slice(own.enumName.length)}`;
}

/**
 * drizzle sends the value of `$defaultFn` itself, and that of `$onUpdate` where no default is declared: the database
 * is not asked for one.
 */
export function filledByCode(column: PgColumn): string | null {
  if (column.defaultFn !== undefined) return 'filled by the code ($defaultFn)';
  return column.onUpdateFn !== undefined && column.default === undefined
    ? 'filled by the code ($onUpdate)'
    : null;
}

function renderDefault(dialect: Dialect, column: PgColumn): string | null {
  const { core, pg } = dialect.orm;
  const value: unknown = column.default;
  // DEFAULT NULL is no default to PostgreSQL.
  if (value === undefined || value === null) return null;
  if (core.is(value, core.SQL)) {
    const text = dialect.renderExpression(value);
    return /^null$/i.test(text) ? null : text;
  }
  const json = column.dataType === 'json' && (core.is(column, pg.PgJson) || core.is(column, pg.PgJsonb));
  // Simple values are written as they stand, and so is a text that is JSON already: what drizzle-kit writes.
  if (typeof value !== 'object' && !(json && !isJson(value))) return renderValue(value);
  const sent: unknown = column.mapToDriverValue(value);
  return core.is(sent, core.SQL) ? dialect.renderExpression(sent) : renderValue(sent);
}

function isJson(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  try {
    JSON.parse(value);
    return true;
  } catch {
    // The only thing it throws is a SyntaxError: the text is a text.
    return false;
  }
}

function renderGenerated({ orm, renderExpression }: Dialect, as: unknown): string {
  const value: unknown = typeof as === 'function' ? as() : as;
  if (orm.core.is(value, orm.core.SQL)) return renderExpression(value);
  // A text is the expression itself, as drizzle-kit takes it.
  return typeof value === 'string' ? value : renderValue(value);
}
