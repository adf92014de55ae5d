// holdBack: what cannot come back because what it rests on does not.
import type { CatalogObject } from '../../catalog/index.ts';
import { goesWith } from '../gone-with.ts';
import type { PlannedRepair } from './plan-repair.ts';

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
  if (other.kind === 'column') {
    const isGone = mends.some(({ kind }) => kind === 'missing');
    if (object.kind === 'foreign key' && isGone && leadsTo(object, other, [other.name])) return true;
    if (isGone) return goesWith(object, other);
    // A primary key makes its columns not null.
    return object.kind === 'primary key' && goesWith(object, other);
  }
  const isKey = other.kind === 'primary key' || other.kind === 'unique key';
  return isKey && object.kind === 'foreign key' && leadsTo(object, other, other.columns);
}

function leadsTo(
  { references }: Extract<CatalogObject, { kind: 'foreign key' }>,
  { schema, table }: { readonly schema: string; readonly table: string },
  columns: readonly string[],
): boolean {
  const isThere = references.schema === schema && references.table === table;
  return isThere && columns.every((column) => references.columns.includes(column));
}
