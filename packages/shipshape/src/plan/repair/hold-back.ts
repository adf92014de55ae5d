// holdBack: what cannot come back because what it rests on does not.
import type { CatalogObject } from '../../catalog/index.ts';
import { goesWith } from '../gone-with.ts';
import { tablesAbove } from './comes-with.ts';
import type { PlannedRepair } from './planned-repair.ts';

export interface HeldBack {
  readonly repair: PlannedRepair;
  /** What is waited for. */
  readonly for: PlannedRepair;
}

/** `stopped`: those that do not come back for reasons of their own. */
export function holdBack(
  repairs: readonly PlannedRepair[],
  stopped: ReadonlySet<PlannedRepair>,
): readonly HeldBack[] {
  const held = new Map<PlannedRepair, PlannedRepair>();
  const isOut = (repair: PlannedRepair) => stopped.has(repair) || held.has(repair);
  for (let found = true; found; ) {
    found = false;
    for (const repair of repairs) {
      if (isOut(repair)) continue;
      const other = repairs.find((each) => isOut(each) && restsOn(repair.object, each));
      if (other === undefined) continue;
      held.set(repair, other);
      found = true;
    }
  }
  return [...held].map(([repair, other]) => ({ repair, for: other }));
}

function restsOn(object: CatalogObject, { object: other, mends }: PlannedRepair): boolean {
  const isGone = mends.some(({ kind }) => kind === 'missing');
  switch (other.kind) {
    case 'column': {
      if (object.kind === 'foreign key' && isGone && leadsTo(object, other, [other.name])) return true;
      // A primary key makes its columns not null.
      return (
        (isGone || isComputedOtherwise(mends) || object.kind === 'primary key') && goesWith(object, other)
      );
    }
    case 'primary key':
    case 'unique key':
      return object.kind === 'foreign key' && leadsTo(object, other, other.columns);
    case 'table':
      return object.kind === 'table' && tablesAbove(object).some((each) => isNamed(each, other));
    case 'view':
    case 'materialized view':
      return isWithin(object, other);
    default:
      return false;
  }
}

/** What is about such a column may be what another form of it does not allow. */
function isComputedOtherwise(mends: PlannedRepair['mends']): boolean {
  return mends.some((each) => each.kind === 'unequal' && /^generat/.test(each.aspect));
}

function isWithin(object: CatalogObject, view: { readonly schema: string; readonly name: string }): boolean {
  const thing = 'on' in object ? object.on : object;
  if ('table' in thing) return isNamed({ schema: thing.schema, name: thing.table }, view);
  return 'on' in object && 'schema' in thing && 'name' in thing && isNamed(thing, view);
}

function isNamed(
  one: { readonly schema: string; readonly name: string },
  other: { readonly schema: string; readonly name: string },
): boolean {
  return one.schema === other.schema && one.name === other.name;
}

function leadsTo(
  { references }: Extract<CatalogObject, { kind: 'foreign key' }>,
  { schema, table }: { readonly schema: string; readonly table: string },
  columns: readonly string[],
): boolean {
  const isThere = references.schema === schema && references.table === table;
  return isThere && columns.every((column) => references.columns.includes(column));
}
