// wayOf: how one thing comes back, or why it is left to people.
import {
  type Address,
  addressOf,
  type CatalogObject,
  indexByKey,
  isConstraint,
  nameOf,
  quoteIdentifier,
  quoteQualified,
  renderAddressKey,
  type Sequence,
  type ThingAddress,
} from '../../catalog/index.ts';
import { complete, renderOwnedBy, renderTarget } from '../../ddl/index.ts';
import { renderReturn } from '../create-thing.ts';
import { holdingOf } from '../holding.ts';
import { changeOnRows } from './change-on-rows.ts';
import type { Drifted } from './drifted.ts';
import { type Ground, hasRemark } from './ground.ts';
import { type ByHand, isByHand, makeRepair, type Repair } from './repair.ts';
import { returnColumn } from './return-column.ts';
import { returnConstraint } from './return-constraint.ts';
import { returnIndex } from './return-index.ts';

/** `fresh`: made as a database is built from nothing. `group`: all that is otherwise about one thing. */
export function wayOf(group: readonly Drifted[], ground: Ground): Repair | ByHand | 'fresh' {
  const [first] = group as [Drifted];
  if (first.kind === 'unequal') return changeWay(group, ground);
  const { left: object, renamedTo } = first;
  const byHand = (because: string, ...before: readonly string[]): ByHand => ({
    lines: [...before, ...renderReturn(object, ground.sides)],
    because,
  });
  if (renamedTo !== undefined)
    return byHand(
      'something like it is there under another name: where that is it, it only has to be renamed, and keeps what it holds',
      renderRename(renamedTo, first.address),
      '-- or, where that is something else:',
    );
  if (object.kind === 'table' && object.foreignServer !== undefined)
    return byHand('the options of a foreign table are not known');
  if (object.kind === 'column') return returnColumn(object, ground);
  if (isConstraint(object)) return returnConstraint(object, ground);
  if (object.kind === 'index') return returnIndex(object, ground);
  if (object.kind === 'sequence' && isFilledFrom(object, ground))
    return makeRepair(object, {
      address: addressOf(object),
      statements: [renderOwner(object)],
      makes: [[object.schema, object.name]],
    });
  if (object.kind === 'routine' && hasRemark(renderReturn(object, ground.sides)))
    return byHand('one that takes the same under other names is in the way, and would be dropped');
  return 'fresh';
}

/** What a person would run. */
export function linesOf(group: readonly Drifted[], ground: Ground): readonly string[] {
  const [first] = group as [Drifted];
  if (first.kind === 'missing') return renderReturn(first.left, ground.sides);
  const way = changeWay(group, ground);
  return isByHand(way) ? way.lines : way.block.statements.map((statement) => `${statement};`);
}

function changeWay(group: readonly Drifted[], { sides, facts }: Ground): Repair | ByHand {
  const changed = group.flatMap((each) => (each.kind === 'unequal' ? [each] : []));
  const [first] = changed;
  const [wanted, present] = [indexByKey(sides.wanted), indexByKey(sides.present)];
  const find = (side: ReadonlyMap<string, CatalogObject>, address: Address | undefined) => {
    const object = address === undefined ? undefined : side.get(renderAddressKey(address));
    if (object === undefined) throw new Error('an aspect differs of a thing that is not there');
    return object;
  };
  return changeOnRows(
    find(wanted, first?.address),
    find(present, first?.rightAddress),
    changed.map(({ aspect }) => aspect),
    { sides, facts },
  );
}

/** A sequence of a column's own is no thing of the catalog, and has its name all the same. */
function isFilledFrom({ schema, name }: Sequence, { sides }: Ground): boolean {
  const own = quoteQualified(schema, name);
  return sides.present.objects.some(
    (each) => each.kind === 'column' && holdingOf(sides.present).ownSequences(each).includes(own),
  );
}

function renderOwner({ schema, name, ownedBy }: Sequence): string {
  const sequence = quoteQualified(schema, name);
  return ownedBy === undefined
    ? `ALTER SEQUENCE ${sequence} OWNED BY NONE`
    : renderOwnedBy(sequence, ownedBy, complete);
}

function renderRename(there: Address, wanted: Address): string {
  const to = quoteIdentifier(nameOf(wanted));
  if (there.kind === 'column' && 'table' in there)
    return `ALTER TABLE ${quoteQualified(there.schema, there.table)} RENAME COLUMN ${quoteIdentifier(there.name)} TO ${to};`;
  return `ALTER ${renderTarget(there as ThingAddress, complete)} RENAME TO ${to};`;
}
