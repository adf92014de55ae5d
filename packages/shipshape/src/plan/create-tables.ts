// createTables: tables of an empty database, without what they get later.
import { addressOf, type Column, quoteIdentifier, quoteQualified, type Table } from '../catalog/index.ts';
import { complete, renderColumn, renderTable } from '../ddl/index.ts';
import type { Block } from './block.ts';
import type { Contents } from './contents.ts';
import { inParentheses } from './in-parentheses.ts';
import { mentionedNames } from './mentioned-names.ts';

export interface Tables {
  readonly creations: readonly Block[];
  /** When the functions are there: defaults that call one which takes rows of the table itself. */
  readonly defaults: readonly Block[];
}

export function createTables(contents: Contents): Tables {
  const takingRows = findTakersOfRows(contents);
  const defaults: Block[] = [];
  const creations = contents.all('table').map((table): Block => {
    const lines = contents.columnsOf(table).map((column) => {
      const own = ofPartition(column, table, contents);
      if (own.default === null || !takingRows(own.default, table)) return renderColumn(inParentheses(own));
      defaults.push(setDefault(own));
      return renderColumn({ ...own, default: null });
    });
    return {
      address: addressOf(table),
      statements: [renderTable(table, lines, complete)],
      makes: [[table.schema, table.name]],
    };
  });
  return { creations, defaults };
}

/** A partition gets the identity of its parent's column with being attached, and may not have one before (18). */
function ofPartition(column: Column, { partitionOf }: Table, contents: Contents): Column {
  const parent =
    partitionOf === undefined ? undefined : contents.tableAt(partitionOf.schema, partitionOf.name);
  if (column.identity === null || parent === undefined) return column;
  const { sequence: _, ...plain } = column;
  return { ...plain, identity: null };
}

function setDefault(column: Column): Block {
  const table = quoteQualified(column.schema, column.table);
  const filled = inParentheses(column).default;
  return {
    address: addressOf(column),
    statements: [`ALTER TABLE ${table} ALTER COLUMN ${quoteIdentifier(column.name)} SET DEFAULT ${filled}`],
    makes: [],
  };
}

/** Whether an expression names a function whose definition names the table. */
function findTakersOfRows({ all }: Contents): (expression: string, table: Table) => boolean {
  const named = new Map<string, Set<string>>();
  for (const { schema, name, definition } of all('routine')) {
    const own = quoteQualified(schema, name);
    const known = named.get(own) ?? new Set();
    for (const each of mentionedNames(definition)) known.add(quoteQualified(...each));
    named.set(own, known);
  }
  return (expression, { schema, name }) =>
    named.size > 0 &&
    mentionedNames(expression).some((each) =>
      named.get(quoteQualified(...each))?.has(quoteQualified(schema, name)),
    );
}
