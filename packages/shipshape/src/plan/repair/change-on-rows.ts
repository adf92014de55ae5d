// changeOnRows: one aspect of a thing that is there, given back on a table that is in use; or why that is left to people.
import {
  addressOf,
  type CatalogObject,
  type Column,
  type Domain,
  type Enum,
  isConstraint,
  quoteIdentifier,
  quoteLiteral,
  quoteQualified,
  type Table,
} from '../../catalog/index.ts';
import { renderAspect } from '../change-thing.ts';
import { renderLabels } from '../change-type.ts';
import { changeConstraintOnRows, changeIndexOnRows } from './change-constraint-on-rows.ts';
import { type Ground, hasRemark, temporaryName, unended } from './ground.ts';
import { type ByHand, type Doubt, makeRepair, type Repair } from './repair.ts';

/** `aspects`: all in which the two differ, where the thing is changed as one; else the one that is told. */
export function changeOnRows(
  wanted: CatalogObject,
  present: CatalogObject,
  aspects: readonly string[],
  ground: Ground,
): Repair | ByHand {
  const [aspect = ''] = aspects;
  const lines = aspects.flatMap((each) => renderAspect(wanted, each, present, ground.sides));
  const byHand = (because: string): ByHand => ({ lines, because });
  if (isConstraint(wanted)) return changeConstraintOnRows(wanted, present, aspects, ground) ?? byHand(atRisk);
  if (wanted.kind === 'index' && present.kind === 'index')
    return changeIndexOnRows(wanted, present, aspects, ground) ?? byHand(atRisk);
  if (wanted.kind === 'enum' && present.kind === 'enum')
    return (
      addLabels(wanted, present) ?? byHand('no label is dropped, moved or renamed without a look at the rows')
    );
  if (wanted.kind === 'column' && present.kind === 'column' && aspect === 'nullability' && !wanted.nullable)
    return refuseNulls(wanted, ground);
  if (lines.length === 0 || hasRemark(lines) || !isSafe(wanted, present, aspect)) return byHand(atRisk);
  const block = { address: addressOf(wanted), statements: unended(lines), makes: [] };
  if (wanted.kind !== 'column' || aspect !== 'type') return makeRepair(wanted, block);
  const filled = ground.facts.hasRows(wanted.schema, wanted.table);
  return makeRepair(wanted, block, {
    onCopy: filled ? onCopy(wanted, present as Column, ground) : [],
    doubts: filled && ground.facts.major >= 16 ? [unfitValues(wanted)] : [],
  });
}

const atRisk =
  'something that is there would be dropped or lose what it holds, or PostgreSQL has no statement for it';

/** What PostgreSQL changes in place, and without losing anything that somebody may have put there. */
function isSafe(wanted: CatalogObject, present: CatalogObject, aspect: string): boolean {
  switch (wanted.kind) {
    case 'column':
      return aspect !== 'generated' && aspect !== 'generation' && isFilledAlike(wanted, present as Column);
    case 'table':
      return isSafeOfTable(present as Table, aspect);
    case 'domain':
      return aspect !== 'checks' || keepsChecks(wanted, present as Domain);
    case 'routine':
    case 'trigger':
    case 'policy':
    case 'view':
    case 'materialized view':
    case 'sequence':
    case 'comment':
      return true;
    default:
      return false;
  }
}

/** No column becomes a computed one, or the other way, and keeps its values. */
function isFilledAlike(wanted: Column, present: Column): boolean {
  return (wanted.generated === null) === (present.generated === null);
}

function isSafeOfTable(present: Table, aspect: string): boolean {
  if (aspect === 'partition of') return present.partitionOf === undefined;
  if (aspect === 'inherits') return present.inherits === undefined;
  return aspect === 'row security';
}

function keepsChecks(wanted: Domain, present: Domain): boolean {
  const expressions = new Set(wanted.checks.map(({ expression }) => expression));
  return present.checks.every(({ expression }) => expressions.has(expression));
}

/** Null where a label that is there may be the one that is missing, under another name, or where none is missing. */
function addLabels(wanted: Enum, present: Enum): Repair | null {
  const surplus = present.labels.filter((label) => !wanted.labels.includes(label));
  const lines = renderLabels(wanted, present.labels, { hidden: [] });
  if (surplus.length > 0 || lines.length === 0) return null;
  return makeRepair(
    wanted,
    {
      address: addressOf(wanted),
      statements: unended(lines),
      makes: [[wanted.schema, wanted.name]],
    },
    // A label can be used when the transaction that made it is over (manual, ALTER TYPE).
    { apart: true },
  );
}

/** A check that all rows fulfil spares SET NOT NULL the look at them (manual, ALTER TABLE). */
function refuseNulls(column: Column, { facts }: Ground): Repair {
  const { schema, table, name } = column;
  const [alter, quoted] = [`ALTER TABLE ${quoteQualified(schema, table)}`, quoteIdentifier(name)];
  const refuse = `${alter} ALTER COLUMN ${quoted} SET NOT NULL`;
  const filled = facts.hasRows(schema, table);
  const check = quoteIdentifier(temporaryName(column));
  const statements = filled
    ? [
        `${alter} ADD CONSTRAINT ${check} CHECK (${quoted} IS NOT NULL) NOT VALID`,
        `${alter} VALIDATE CONSTRAINT ${check}`,
        refuse,
        `${alter} DROP CONSTRAINT ${check}`,
      ]
    : [refuse];
  const query = `SELECT * FROM ${quoteQualified(schema, table)} WHERE ${quoted} IS NULL`;
  return makeRepair(
    column,
    { address: addressOf(column), statements, makes: [] },
    { apart: filled, doubts: filled ? [{ about: 'nulls', query }] : [] },
  );
}

/** What the copy has of its own is not there in the catalogs: no sequence is touched. */
function onCopy(wanted: Column, present: Column, { sides }: Ground): readonly string[] {
  const [copy, copied] = [wanted, present].map((each) => ({ ...each, schema: 'pg_temp' }));
  return copy === undefined || copied === undefined ? [] : unended(renderAspect(copy, 'type', copied, sides));
}

/** Values that would be rounded or cut off do not fit either. */
function unfitValues({ schema, table, name, type }: Column): Doubt {
  const quoted = quoteIdentifier(name);
  return {
    about: 'unfit values',
    query: `SELECT * FROM ${quoteQualified(schema, table)} WHERE NOT pg_input_is_valid(${quoted}::text, ${quoteLiteral(type)})`,
  };
}
