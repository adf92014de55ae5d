// renderAddColumn: a column for a table that is there, and a column in CREATE TABLE.
import { type Catalog, type Column, isRequired, isSerial, quoteIdentifier } from '../catalog/index.ts';
import {
  type Naming,
  renderColumn,
  renderColumnSequence,
  renderName,
  renderOwnedBy,
  renderSerialOptions,
} from '../ddl/index.ts';
import { ended } from './ended.ts';
import { holdingOf } from './holding.ts';

const serialOf: Readonly<Record<string, string>> = {
  smallint: 'smallserial',
  integer: 'serial',
  bigint: 'bigserial',
};

export interface ColumnClause {
  /** As CREATE TABLE and ADD COLUMN take it. */
  readonly column: Column;
  /** Before the column can be made, and when it is there. */
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** A column that is filled from a sequence of its own comes with that sequence. */
export function clauseOf(column: Column, catalog: Catalog, naming: Naming): ColumnClause {
  const [name] = holdingOf(catalog).ownSequences(column);
  if (name === undefined) return { column, before: [], after: [] };
  const serial = /^nextval\('[^()]*'::regclass\)$/.test(column.default ?? '')
    ? serialOf[column.type]
    : undefined;
  if (serial === undefined)
    return {
      column,
      before: ended([renderColumnSequence(name, column)]),
      after: ended([renderOwnedBy(name, { ...column, column: column.name }, naming)]),
    };
  const options = renderSerialOptions(column);
  return {
    column: { ...column, type: serial, default: null },
    before: [],
    after: options === null ? [] : ended([options]),
  };
}

/** A column that every row must fill cannot be added in one step to a table that has rows. */
export function renderAddColumn(column: Column, catalog: Catalog, naming: Naming): readonly string[] {
  const table = renderName(column.schema, column.table, naming);
  const clause = naming.repeatable === true ? 'ADD COLUMN IF NOT EXISTS' : 'ADD COLUMN';
  const { before, after, ...made } = clauseOf(column, catalog, naming);
  const add = (each: Column) => `ALTER TABLE ${table} ${clause} ${renderColumn(each)};`;
  if (!isRequired(column) || isSerial(made.column.type)) return [...before, add(made.column), ...after];
  return [
    add({ ...column, nullable: true }),
    `-- fill ${quoteIdentifier(column.name)} in the rows that are there, then:`,
    `ALTER TABLE ${table} ALTER COLUMN ${quoteIdentifier(column.name)} SET NOT NULL;`,
  ];
}
