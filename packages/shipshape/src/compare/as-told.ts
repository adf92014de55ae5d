// asTold: tables and views as the other side tells them, where it cannot say which of them they are.
import {
  addressOf,
  type CatalogObject,
  type Column,
  type MaterializedView,
  renderAddressKey,
  type Table,
  type View,
  type ViewColumn,
} from '../catalog/index.ts';
import type { Silences } from './silence.ts';
import { viewAsTable } from './view-as-table.ts';

type Relation = Table | View | MaterializedView;
const relationKinds = ['table', 'view', 'materialized view'] as const;

/**
 * `found` with each table, view and materialized view as the kind that `told` has under its name, where `silences` has
 * `kind`. Of a view that is told without its query only the columns that are told count, wherever they stand.
 */
export function asTold(
  told: readonly CatalogObject[],
  found: readonly CatalogObject[],
  silences: Silences,
): readonly CatalogObject[] {
  const unsure = told.filter(
    (object): object is Relation => isRelation(object) && silences.covers([addressOf(object)], 'kind'),
  );
  if (unsure.length === 0) return found;
  const foundByName = new Map(found.filter(isRelation).map((each) => [nameOf(each), each]));
  const wanted = new Map(told.map((each) => [renderAddressKey(addressOf(each)), each]));
  const changed = new Map<CatalogObject, readonly CatalogObject[]>();
  for (const one of unsure) {
    const other = foundByName.get(nameOf(one));
    if (other === undefined || (other.kind === 'table' && one.kind === 'table')) continue;
    for (const part of partsOf(other, found)) changed.set(part, []);
    const columns = columnsOf(other, found);
    if (one.kind === 'table') changed.set(other, viewAsTable({ ...one, columns }, wanted));
    else {
      const named = one.columns.flatMap(({ name }) => {
        const column = columns.find((each) => each.name === name);
        return column === undefined ? [] : [{ name, type: column.type }];
      });
      changed.set(other, [{ ...(other.kind === one.kind ? other : one), columns: named }]);
    }
  }
  return found.flatMap((object) => changed.get(object) ?? [object]);
}

function isRelation(object: CatalogObject): object is Relation {
  return (relationKinds as readonly string[]).includes(object.kind);
}

function nameOf({ schema, name }: { readonly schema: string; readonly name: string }): string {
  return renderAddressKey({ kind: 'table', schema, name });
}

/** Of a table all that is in it; of a view, whose columns are its own, nothing. */
function partsOf(relation: Relation, all: readonly CatalogObject[]): readonly CatalogObject[] {
  return relation.kind === 'table' ? all.filter((each) => isIn(each, relation)) : [];
}

function isIn(object: CatalogObject, { schema, name }: Relation): boolean {
  return 'table' in object && object.schema === schema && object.table === name;
}

function columnsOf(relation: Relation, all: readonly CatalogObject[]): readonly ViewColumn[] {
  if (relation.kind !== 'table') return relation.columns;
  return all.filter((each): each is Column => each.kind === 'column' && isIn(each, relation));
}
