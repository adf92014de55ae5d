// describe: a table of the live database, for where there is no psql.
import {
  addressOf,
  type Column,
  type Constraint,
  type Index,
  isConstraint,
  quoteQualified,
  renderAddress,
} from '../../catalog/index.ts';
import { nameDistance } from '../../compare/similar-name.ts';
import { type Naming, renderConstraint, renderIndex } from '../../ddl/index.ts';
import { readCatalog } from '../../introspect/read-catalog.ts';
import type { Reading } from '../../introspect/reading.ts';
import { connect } from '../../postgres/connect.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { align } from '../../report/render/wrap.ts';
import { readConfig } from '../config.ts';
import type { Context, Outcome } from '../context.ts';
import { openDatabase } from '../open-database.ts';
import { parseTableName, type TableName } from '../table-name.ts';

/** All tables of that name; of one schema when it is named. Throws ShipshapeError `table-not-found`. */
export async function run(context: Context, table: string): Promise<Outcome> {
  const asked = parseTableName(table);
  const database = await openDatabase(readConfig(context.cwd, context.env, context.flags), context);
  try {
    const session = await connect(database.target, { applicationName: 'shipshape:describe' });
    try {
      const reading = await readCatalog(session, { tableNames: [asked.name] });
      const tables = findTables(reading, asked);
      if (tables.length === 0) {
        const near = findSimilar(await readCatalog(session), asked);
        const target = database.target.display;
        throw new ShipshapeError([makeFinding('table-not-found', { table, target, near })]);
      }
      return {
        exit: 0,
        text: tables.map((each) => renderTable(each, { hidden: reading.server.searchPath })).join('\n\n'),
        json: { version: 1, tables },
      };
    } finally {
      await session.close();
    }
  } finally {
    await database.leave();
  }
}

interface Described {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Index[];
}

function findTables({ catalog }: Reading, asked: TableName): readonly Described[] {
  return catalog.objects
    .filter((object) => object.kind === 'table')
    .filter(({ schema, name }) => name === asked.name && (asked.schema === null || schema === asked.schema))
    .map(({ schema, name }) => {
      const parts = catalog.objects
        .filter((object) => 'table' in object)
        .filter((object) => object.schema === schema && object.table === name);
      return {
        schema,
        name,
        columns: parts.filter((part) => part.kind === 'column'),
        constraints: parts.filter(isConstraint),
        indexes: parts.filter((part) => part.kind === 'index'),
      };
    });
}

function findSimilar({ catalog, server }: Reading, { name }: TableName): readonly string[] {
  return catalog.objects
    .filter((object) => object.kind === 'table' && nameDistance(object.name, name) !== null)
    .map((object) => renderAddress(addressOf(object), server.searchPath));
}

function renderTable({ schema, name, columns, constraints, indexes }: Described, naming: Naming): string {
  const rows = columns.map((column) => [
    column.name,
    column.type,
    column.nullable ? '' : 'not null',
    renderFilling(column),
  ]);
  const names = new Set(columns.map((column) => column.name));
  const parts = [
    ...constraints.map((constraint) => renderConstraint(constraint, naming)),
    ...indexes.map((index) => `${renderIndex(index, names, naming)};${index.valid ? '' : '     -- INVALID'}`),
  ];
  const lines = [...align([['column', 'type', 'null', 'default'], ...rows]), '', ...parts];
  const body = lines
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n')
    .trimEnd();
  return `table ${quoteQualified(schema, name)}\n\n${body}`;
}

function renderFilling(column: Column): string {
  if (column.identity !== null) return `generated ${column.identity} as identity`;
  if (column.generated !== null) return `generated always as (${column.generated}) stored`;
  return column.default ?? '';
}
