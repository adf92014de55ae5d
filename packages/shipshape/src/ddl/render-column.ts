// renderColumn: a column as CREATE TABLE and ADD COLUMN take it.
import { type Column, isSerial, quoteIdentifier } from '../catalog/index.ts';

/**
 * Type and expressions are SQL already, as PostgreSQL prints them; what somebody else wrote has to be put in parentheses
 * before (a bare DEFAULT takes less than a whole expression, manual, CREATE TABLE). A generated column is stored: every
 * server version can do that.
 */
export function renderColumn({ name, type, nullable, identity, generated, default: filled }: Column): string {
  return [
    `${quoteIdentifier(name)} ${type}`,
    generated === null ? '' : `GENERATED ALWAYS AS (${generated}) STORED`,
    identity === null ? '' : `GENERATED ${identity.toUpperCase()} AS IDENTITY`,
    filled === null ? '' : `DEFAULT ${filled}`,
    // Identity and the serial types bring it.
    nullable || identity !== null || isSerial(type) ? '' : 'NOT NULL',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
