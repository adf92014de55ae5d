// returnColumn: a column that is gone from a table which is there.
import { addressOf, type Column, isRequired, isSerial, quoteQualified } from '../../catalog/index.ts';
import { complete, renderColumn } from '../../ddl/index.ts';
import { clauseOf } from '../create-column.ts';
import { inParentheses } from '../in-parentheses.ts';
import { type Ground, unended } from './ground.ts';
import { makeRepair, type Repair } from './repair.ts';

export function returnColumn(column: Column, { sides, facts }: Ground): Repair {
  const { before, after, column: clause } = clauseOf(column, sides.wanted, complete);
  const { schema, table, generated } = column;
  const adding = `ADD COLUMN ${renderColumn(inParentheses(clause))}`;
  const add = `ALTER TABLE ${quoteQualified(schema, table)} ${adding}`;
  const filled = facts.hasRows(schema, table);
  const counts = column.identity !== null || isSerial(clause.type);
  const statements = [...unended(before), add, ...unended(after)];
  return makeRepair(
    column,
    // Whatever names the table may name the column.
    { address: addressOf(column), statements, makes: [[schema, table]] },
    {
      remarks: generated !== null ? [] : [emptiness(column, counts)],
      onCopy: filled ? [`ALTER TABLE ${quoteQualified('pg_temp', table)} ${adding}`] : [],
      stuck: filled && isRequired(column) && !counts ? 'required column' : null,
    },
  );
}

function emptiness({ default: value }: Column, counts: boolean): string {
  const comes = counts ? 'counted anew' : value === null ? 'empty' : 'with its default in every row';
  return `it comes back ${comes}: what stood in it is not brought back`;
}
