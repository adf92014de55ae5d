// viewsInPlace: a model of a table may be answered by a view: its statements cannot tell.
import {
  type Catalog,
  type CatalogObject,
  indexByKey,
  type MaterializedView,
  makeCatalog,
  renderAddressKey,
  type View,
} from '../catalog/index.ts';
import { viewAsTable } from './view-as-table.ts';

export interface InPlace {
  readonly declared: Catalog;
  readonly migrated: Catalog;
}

/**
 * Where a declared table is a view in the database, the view is told as that table, with columns that differ in their
 * types alone, and of the declared table its columns remain: a view has no keys, no defaults, and says of no column that it
 * is never null.
 */
export function viewsInPlace(declared: Catalog, migrated: Catalog): InPlace {
  const wanted = indexByKey(declared);
  const views = new Map<string, View | MaterializedView>();
  for (const object of migrated.objects) {
    if (object.kind !== 'view' && object.kind !== 'materialized view') continue;
    const key = tableKey(object.schema, object.name);
    if (wanted.has(key)) views.set(key, object);
  }
  if (views.size === 0) return { declared, migrated };
  return {
    declared: makeCatalog(declared.objects.filter((object) => !isLost(object, views))),
    migrated: makeCatalog(
      migrated.objects.flatMap((object) => {
        const replaced =
          (object.kind === 'view' || object.kind === 'materialized view') &&
          views.get(tableKey(object.schema, object.name)) === object;
        return replaced ? viewAsTable(object, wanted) : [object];
      }),
    ),
  };
}

/** Indexes can be made over what is materialized. */
function isLost(object: CatalogObject, views: ReadonlyMap<string, View | MaterializedView>): boolean {
  if ('on' in object) {
    const { on } = object;
    if (on.kind === 'table') return views.has(tableKey(on.schema, on.name));
    return 'table' in on && views.has(tableKey(on.schema, on.table));
  }
  if (!('table' in object) || object.kind === 'column') return false;
  const view = views.get(tableKey(object.schema, object.table));
  return view !== undefined && (object.kind !== 'index' || view.kind === 'view');
}

function tableKey(schema: string, name: string): string {
  return renderAddressKey({ kind: 'table', schema, name });
}
