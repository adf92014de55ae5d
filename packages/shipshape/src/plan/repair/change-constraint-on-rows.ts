// changeConstraintOnRows, changeIndexOnRows: the right one is made beside the wrong one, which goes when it is there.
import {
  addressOf,
  type CatalogObject,
  type Constraint,
  type Index,
  isConstraint,
  quoteIdentifier,
  quoteQualified,
} from '../../catalog/index.ts';
import { changeConstraint } from '../change-constraint.ts';
import { holdingOf } from '../holding.ts';
import { type Ground, hasRemark, isPartitioned, temporaryName, unended } from './ground.ts';
import { makeRepair, type Repair } from './repair.ts';
import { alter, buildOf, definition, doubtsOf, inTwo, isKey, useIndex } from './return-constraint.ts';
import { createIndex, doubtsOfIndex } from './return-index.ts';

/** Null where it is left to people. */
export function changeConstraintOnRows(
  wanted: Constraint,
  present: CatalogObject,
  aspects: readonly string[],
  ground: Ground,
): Repair | null {
  if (!isConstraint(present) || wanted.kind !== present.kind) return null;
  const filled = ground.facts.hasRows(wanted.schema, wanted.table);
  const doubts = filled ? doubtsOf(wanted, ground) : [];
  const make = (statements: readonly string[], apart: boolean) =>
    makeRepair(wanted, { address: addressOf(wanted), statements, makes: [] }, { apart, doubts });
  const [aspect] = aspects;
  const inPlace = aspect === 'validity' || (aspect === 'deferrability' && wanted.kind === 'foreign key');
  if (aspects.length === 1 && inPlace) {
    if (aspect === 'validity' && !('validated' in wanted && wanted.validated)) return null;
    const lines = changeConstraint({ wanted, present }, aspect, ground.sides);
    return hasRemark(lines) ? null : make(unended(lines), filled && aspect === 'validity');
  }
  if (isPartitioned(ground, wanted.schema, wanted.table)) return null;
  const drop = `DROP CONSTRAINT ${quoteIdentifier(present.name)}`;
  const name = temporaryName(wanted);
  if (isKey(wanted)) {
    const isRestedOn = holdingOf(ground.sides.present).referencesTo(wanted.schema, wanted.table).length > 0;
    if (isRestedOn || wanted.withoutOverlaps === true) return null;
    if (filled)
      return make([buildOf(wanted, name), `${alter(wanted)} ${drop}, ${useIndex(wanted, name)}`], true);
  } else if (filled) {
    const isInTwo = (wanted.kind === 'check' || wanted.kind === 'foreign key') && wanted.enforced !== false;
    if (!isInTwo) return null;
    const beside = inTwo({ ...wanted, name }, ground).slice(0, wanted.validated ? 2 : 1);
    const rename = `RENAME CONSTRAINT ${quoteIdentifier(name)} TO ${quoteIdentifier(wanted.name)}`;
    return make([...beside, `${alter(wanted)} ${drop}`, `${alter(wanted)} ${rename}`], true);
  }
  return make([`${alter(wanted)} ${drop}, ADD ${definition(wanted, ground)}`], false);
}

/** Null where it is left to people. */
export function changeIndexOnRows(
  wanted: Index,
  present: Index,
  aspects: readonly string[],
  ground: Ground,
): Repair | null {
  const { schema, table } = wanted;
  if (!wanted.valid || isPartitioned(ground, schema, table)) return null;
  const filled = ground.facts.hasRows(schema, table);
  const doubts = filled ? doubtsOfIndex(wanted, ground) : [];
  const old = quoteQualified(schema, present.name);
  const name = temporaryName(wanted);
  const beside = [
    createIndex({ ...wanted, name }, ground, filled),
    `DROP INDEX ${filled ? 'CONCURRENTLY ' : ''}${old}`,
    `ALTER INDEX ${quoteQualified(schema, name)} RENAME TO ${quoteIdentifier(wanted.name)}`,
  ];
  const isOnlyInvalid = aspects.every((aspect) => aspect === 'validity');
  const statements = isOnlyInvalid ? [`REINDEX INDEX CONCURRENTLY ${old}`] : beside;
  const block = { address: addressOf(wanted), statements, makes: [] };
  return makeRepair(wanted, block, { apart: filled || isOnlyInvalid, doubts });
}
