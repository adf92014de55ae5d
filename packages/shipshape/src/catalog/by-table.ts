// ByTable: what a catalog has in each table, for who asks of tables and not of objects in their normal order.
import { type Catalog, type CatalogObject, makeCatalog, type Part } from './catalog.ts';
import type { Column } from './table.ts';

export interface Inside {
  readonly columns: readonly Column[];
  /** Keys, checks, indexes, triggers, policies. */
  readonly others: readonly Part[];
}

export interface ByTable {
  /** What is in no table, in normal order. */
  readonly tops: readonly CatalogObject[];
  /** By schema and name of the table or view; what is in one may be in any order. */
  readonly inside: ReadonlyMap<string, ReadonlyMap<string, Inside>>;
}

const known = new WeakMap<Catalog, ByTable>();

/**
 * No two objects may have one address. They are put in order when somebody asks for them, which who makes a need of them
 * never does.
 */
export function catalogByTable(byTable: ByTable): Catalog {
  let sorted: Catalog | null = null;
  const catalog: Catalog = {
    get objects() {
      sorted ??= makeCatalog(objectsOf(byTable));
      return sorted.objects;
    },
  };
  known.set(catalog, byTable);
  return catalog;
}

export function byTableOf(catalog: Catalog): ByTable {
  return known.get(catalog) ?? groupByTable(catalog.objects);
}

interface Filling {
  readonly columns: Column[];
  readonly others: Part[];
}

export function groupByTable(objects: Iterable<CatalogObject>): ByTable {
  const tops: CatalogObject[] = [];
  const schemas = new Map<string, Map<string, Filling>>();
  let last: Part | null = null;
  let inside: Filling = { columns: [], others: [] };
  for (const object of objects) {
    if (!('table' in object)) {
      tops.push(object);
      continue;
    }
    // They mostly follow one of the same table.
    if (object.table !== last?.table || object.schema !== last.schema) inside = insideOf(object);
    last = object;
    if (object.kind === 'column') inside.columns.push(object);
    else inside.others.push(object);
  }
  return { tops, inside: schemas };

  function insideOf({ schema, table }: Part): Filling {
    const tables = schemas.get(schema) ?? new Map<string, Filling>();
    if (tables.size === 0) schemas.set(schema, tables);
    const before = tables.get(table);
    if (before !== undefined) return before;
    const made: Filling = { columns: [], others: [] };
    tables.set(table, made);
    return made;
  }
}

/** Kind by kind, as they are put in order. */
function objectsOf({ tops, inside }: ByTable): readonly CatalogObject[] {
  const all = [...inside.values()].flatMap((tables) => [...tables.values()]);
  return [...tops, ...all.flatMap(({ columns }) => columns), ...all.flatMap(({ others }) => others)];
}
