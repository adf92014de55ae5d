// makeContents: what a catalog's tables and views hold, by their names.
import {
  type Catalog,
  type CatalogObject,
  type Column,
  quoteQualified,
  type Table,
} from '../catalog/index.ts';

export type OfKind<K extends CatalogObject['kind']> = Extract<CatalogObject, { kind: K }>;

export interface Contents {
  all<K extends CatalogObject['kind']>(...kinds: readonly K[]): readonly OfKind<K>[];
  /** In the order in which they stand in the table. */
  columnsOf(table: Table): readonly Column[];
  /** Of a table or a view. Throws an Error when the catalog has neither. */
  columnNames(holder: { readonly schema: string; readonly table: string }): ReadonlySet<string>;
  tableAt(schema: string, name: string): Table | undefined;
  /** How many tables it is a partition of, one in another; 0 for what is none. */
  depthOf(schema: string, table: string): number;
}

/** Throws an Error when a part hangs on a table or view that the catalog does not have. */
export function makeContents(catalog: Catalog): Contents {
  const all = <K extends CatalogObject['kind']>(...kinds: readonly K[]) =>
    catalog.objects.filter((object): object is OfKind<K> =>
      (kinds as readonly string[]).includes(object.kind),
    );
  const key = ({ schema, name }: { readonly schema: string; readonly name: string }) =>
    JSON.stringify([schema, name]);
  const tables = new Map(all('table').map((table) => [key(table), table]));
  const names = new Map<string, Set<string>>([
    ...all('table').map((table) => [key(table), new Set<string>()] as const),
    ...all('view', 'materialized view').map(
      (view) => [key(view), new Set(view.columns.map(({ name }) => name))] as const,
    ),
  ]);
  const columnNames = ({ schema, table }: { readonly schema: string; readonly table: string }) => {
    const found = names.get(key({ schema, name: table }));
    if (found === undefined)
      throw new Error(`the catalog has parts of ${quoteQualified(schema, table)}, and no such table`);
    return found;
  };
  const columns = new Map<string, Column[]>();
  for (const object of catalog.objects) {
    if (!('table' in object)) continue;
    const known = columnNames(object);
    if (object.kind !== 'column') continue;
    known.add(object.name);
    const place = key({ schema: object.schema, name: object.table });
    columns.set(place, [...(columns.get(place) ?? []), object]);
  }
  const tableAt = (schema: string, name: string) => tables.get(key({ schema, name }));
  const depthOf = (schema: string, name: string): number => {
    const parent = tableAt(schema, name)?.partitionOf;
    return parent === undefined ? 0 : 1 + depthOf(parent.schema, parent.name);
  };
  return {
    all,
    columnsOf: (table) => inPosition(columns.get(key(table)) ?? []),
    columnNames,
    tableAt,
    depthOf,
  };
}

/** Those without a position come last, in the order of their names. */
function inPosition(columns: readonly Column[]): readonly Column[] {
  const place = ({ position }: Column) => position ?? Number.POSITIVE_INFINITY;
  return columns.toSorted((a, b) => (place(a) === place(b) ? 0 : place(a) - place(b)));
}
