// makeDeclaredCatalog: a need as catalog objects, as far as a need says what they are.
import { type Catalog, type CatalogObject, makeCatalog } from '../catalog/index.ts';
import { type ColumnNeed, type Need, nameOfKey, type TableNeed } from '../need/need.ts';

/** Columns of which the source is silent about the type are left out: nothing can be written for them. */
export function makeDeclaredCatalog(need: Need): Catalog {
  return makeCatalog([
    ...need.tables.flatMap(tableObjects),
    ...need.enums.map(({ schema, name, labels }): CatalogObject => ({ kind: 'enum', schema, name, labels })),
  ]);
}

/** What a view is made of is no need: it is not said. */
function tableObjects({ kind, schema, name, columns, uniqueKeys }: TableNeed): readonly CatalogObject[] {
  if (kind !== undefined) return [];
  const place = { schema, table: name };
  return [
    { kind: 'table', schema, name },
    ...columns.flatMap((column) => columnObjects(column, place)),
    ...uniqueKeys.map(
      (key): CatalogObject =>
        key.primary
          ? { kind: 'primary key', ...place, name: nameOfKey(name, key), columns: key.columns }
          : {
              kind: 'unique key',
              ...place,
              name: nameOfKey(name, key),
              columns: key.columns,
              nullsDistinct: true,
              deferrability: 'not deferrable',
            },
    ),
  ];
}

function columnObjects(
  { name, type, nullable, default: text }: ColumnNeed,
  place: { readonly schema: string; readonly table: string },
): readonly CatalogObject[] {
  if (type === null) return [];
  const unsaid = { identity: null, generated: null };
  return [{ kind: 'column', ...place, name, type, nullable: nullable ?? true, default: text, ...unsaid }];
}
