// renderColumn: a column as CREATE TABLE and ADD COLUMN take it.
import { type Column, quoteIdentifier } from '../catalog/index.ts';

const identities = { always: 'ALWAYS', 'by default': 'BY DEFAULT' } as const;

/**
 * Type and expressions are SQL already. Expressions stand in parentheses, because a bare DEFAULT takes less than a whole
 * expression (manual, CREATE TABLE). A generated column is stored: every server version can do that.
 */
export function renderColumn(column: Column): string {
  return [
    `${quoteIdentifier(column.name)} ${column.type}`,
    column.generated === null ? '' : `GENERATED ALWAYS AS (${column.generated}) STORED`,
    column.identity === null ? '' : `GENERATED ${identities[column.identity]} AS IDENTITY`,
    column.default === null ? '' : `DEFAULT (${column.default})`,
    column.nullable ? '' : 'NOT NULL',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
