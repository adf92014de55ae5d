// makeCreations: the statements that build a catalog in an empty database, in an order that works.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Column,
  type Constraint,
  quoteIdentifier,
  quoteLiteral,
  quoteQualified,
  schemasOf,
  type Table,
} from '../catalog/index.ts';
import { complete, renderColumn, renderConstraint, renderIndex } from '../ddl/index.ts';
import type { Creation } from './creation.ts';
import { inParentheses } from './in-parentheses.ts';
import { sequencesOf } from './sequences-of.ts';

type OfKind<K extends CatalogObject['kind']> = Extract<CatalogObject, { kind: K }>;

/**
 * Schemas, enums, sequences that defaults draw from, tables with their columns, keys, checks, indexes, foreign keys.
 * Throws an Error when a part hangs on a table that the catalog does not have.
 */
export function makeCreations(catalog: Catalog): readonly Creation[] {
  const all = <K extends CatalogObject['kind']>(...kinds: readonly K[]) =>
    catalog.objects.filter((object): object is OfKind<K> =>
      (kinds as readonly string[]).includes(object.kind),
    );
  const create = <K extends CatalogObject['kind']>(
    kinds: readonly K[],
    render: (object: OfKind<K>) => string,
  ): readonly Creation[] =>
    all(...kinds).map((object) => ({ address: addressOf(object), sql: render(object) }));

  const columnsOf = groupColumns(all('table'), all('column'));
  return [
    ...schemasOf(catalog).map((schema) => ({
      address: { kind: 'schema', schema } as const,
      sql: `CREATE SCHEMA IF NOT EXISTS ${quoteIdentifier(schema)}`,
    })),
    ...create(
      ['enum'],
      ({ schema, name, labels }) =>
        `CREATE TYPE ${quoteQualified(schema, name)} AS ENUM (${labels.map(quoteLiteral).join(', ')})`,
    ),
    ...all('column').flatMap((column) =>
      sequencesOf(column).map((sequence) => ({
        address: addressOf(column),
        sql: `CREATE SEQUENCE IF NOT EXISTS ${sequence}`,
      })),
    ),
    ...create(['table'], (table) => renderTable(table, columnsOf(table.schema, table.name))),
    ...create(['primary key', 'unique key', 'check'], renderAdded),
    ...create(['index'], (index) => {
      const names = new Set(columnsOf(index.schema, index.table).map(({ name }) => name));
      return renderIndex(inParentheses(index, names), names, complete);
    }),
    ...create(['foreign key'], renderAdded),
  ];
}

function groupColumns(
  tables: readonly Table[],
  columns: readonly Column[],
): (schema: string, table: string) => readonly Column[] {
  const byTable = new Map<string, Column[]>(
    tables.map(({ schema, name }) => [quoteQualified(schema, name), []]),
  );
  const columnsOf = (schema: string, table: string) => {
    const name = quoteQualified(schema, table);
    const found = byTable.get(name);
    if (found === undefined) throw new Error(`the catalog has parts of ${name}, and no such table`);
    return found;
  };
  for (const column of columns) columnsOf(column.schema, column.table).push(column);
  for (const inTable of byTable.values()) inTable.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  return columnsOf;
}

function renderTable(table: Table, columns: readonly Column[]): string {
  const lines = columns.map((column) => `\n  ${renderColumn(inParentheses(column))}`);
  return `CREATE TABLE ${quoteQualified(table.schema, table.name)} (${lines.join(',')}${lines.length > 0 ? '\n' : ''})`;
}

function renderAdded(constraint: Constraint): string {
  const table = quoteQualified(constraint.schema, constraint.table);
  return `ALTER TABLE ${table} ADD ${renderConstraint(constraint, complete)}`;
}
