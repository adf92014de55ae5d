// renderColumn: a column as CREATE TABLE and ADD COLUMN take it.
import { type Column, isSerial, quoteIdentifier } from '../catalog/index.ts';
import { renderIdentityOptions } from './render-sequence.ts';

/**
 * Type, collation and expressions are SQL already, as PostgreSQL prints them; what somebody else wrote has to be put in
 * parentheses before (a bare DEFAULT takes less than a whole expression, manual, CREATE TABLE).
 */
export function renderColumn(column: Column): string {
  const { name, type, nullable, identity, generated, collation, virtual, default: filled } = column;
  return [
    `${quoteIdentifier(name)} ${type}`,
    collation === undefined ? '' : `COLLATE ${collation}`,
    generated === null ? '' : `GENERATED ALWAYS AS (${generated}) ${virtual === true ? 'VIRTUAL' : 'STORED'}`,
    identity === null
      ? ''
      : `GENERATED ${identity.toUpperCase()} AS IDENTITY${renderIdentityOptions(column)}`,
    filled === null ? '' : `DEFAULT ${filled}`,
    // Identity and the serial types bring it.
    nullable || identity !== null || isSerial(type) ? '' : 'NOT NULL',
  ]
    .filter((part) => part !== '')
    .join(' ');
}
