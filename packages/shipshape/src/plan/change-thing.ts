// renderAspect: the SQL that gives one thing the aspect that it should have.
import {
  type CatalogObject,
  type Extension,
  isConstraint,
  quoteIdentifier,
  quoteLiteral,
  type Sequence,
} from '../catalog/index.ts';
import { renderName, renderOwnedBy } from '../ddl/index.ts';
import { changeColumn } from './change-column.ts';
import { changeConstraint, changeIndex } from './change-constraint.ts';
import { changeRemark } from './change-remark.ts';
import { changePolicy, changeRoutine, changeTrigger } from './change-routine.ts';
import { changeTable } from './change-table.ts';
import { changeCollation, changeComposite, changeDomain, changeEnum, changeRange } from './change-type.ts';
import { changeView } from './change-view.ts';
import type { OfKind } from './contents.ts';
import { changedOptions } from './sequence-options.ts';
import type { Pair, Sides } from './sides.ts';

/**
 * Turns `present`, which is there, into `wanted` in this aspect: ALTER where PostgreSQL has one, CREATE OR REPLACE where it
 * accepts that, and otherwise what a person has to know before the thing is made anew. Lines as `renderCreation` has them.
 * Empty when the two are alike in it.
 */
export function renderAspect(
  wanted: CatalogObject,
  aspect: string,
  present: CatalogObject,
  sides: Sides,
): readonly string[] {
  if (isConstraint(wanted) && (isConstraint(present) || present.kind === 'index'))
    return changeConstraint({ wanted, present }, aspect, sides);
  if (wanted.kind !== present.kind) return [];
  const change = changes[wanted.kind as keyof typeof changes] as Change<CatalogObject>;
  return change({ wanted, present }, aspect, sides);
}

type Change<Object extends CatalogObject> = (
  pair: Pair<Object>,
  aspect: string,
  sides: Sides,
) => readonly string[];
/** Constraints are changed as one kind. */
type Changed = Exclude<CatalogObject['kind'], Parameters<typeof changeConstraint>[0]['wanted']['kind']>;

const changes: { readonly [Kind in Changed]: Change<OfKind<Kind>> } = {
  schema: () => [],
  extension: changeExtension,
  table: changeTable,
  column: changeColumn,
  view: changeView,
  'materialized view': changeView,
  sequence: changeSequence,
  index: changeIndex,
  enum: (pair, _, sides) => changeEnum(pair, sides),
  domain: changeDomain,
  'composite type': (pair, _, sides) => changeComposite(pair, sides),
  'range type': changeRange,
  collation: (pair, _, sides) => changeCollation(pair, sides),
  routine: changeRoutine,
  trigger: changeTrigger,
  policy: changePolicy,
  comment: (pair, _, sides) => changeRemark(pair, sides),
  owner: (pair, _, sides) => changeRemark(pair, sides),
  privilege: (pair, _, sides) => changeRemark(pair, sides),
};

function changeExtension({ wanted, present }: Pair<Extension>, aspect: string): readonly string[] {
  const name = quoteIdentifier(wanted.name);
  if (aspect === 'schema') return [`ALTER EXTENSION ${name} SET SCHEMA ${quoteIdentifier(wanted.schema)};`];
  return [
    `-- where no way leads from ${present.version} to ${wanted.version} (back, as a rule), update the other side`,
    `ALTER EXTENSION ${name} UPDATE TO ${quoteLiteral(wanted.version)};`,
  ];
}

function changeSequence(
  { wanted, present }: Pair<Sequence>,
  aspect: string,
  { naming }: Sides,
): readonly string[] {
  const name = renderName(wanted.schema, wanted.name, naming);
  if (aspect === 'owned by')
    return [
      `${wanted.ownedBy === undefined ? `ALTER SEQUENCE ${name} OWNED BY NONE` : renderOwnedBy(name, wanted.ownedBy, naming)};`,
    ];
  return [`ALTER SEQUENCE ${name} ${changedOptions(wanted.options, present.options, 'bigint').join(' ')};`];
}
