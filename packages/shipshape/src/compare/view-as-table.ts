// viewAsTable: a view as the table that somebody takes it for.
import {
  addressOf,
  type CatalogObject,
  type Column,
  type MaterializedView,
  renderAddressKey,
  type View,
} from '../catalog/index.ts';

/**
 * PostgreSQL does not say which columns of a view may be null, nor does anything fill them: of a column that `told` has as
 * well, by address key, all but the type is what is told.
 */
export function viewAsTable(
  { schema, name: table, columns }: Pick<View | MaterializedView, 'schema' | 'name' | 'columns'>,
  told: ReadonlyMap<string, CatalogObject>,
): readonly CatalogObject[] {
  return [
    { kind: 'table', schema, name: table },
    ...columns.map(({ name, type }): Column => {
      const bare: Column = {
        kind: 'column',
        schema,
        table,
        name,
        type,
        nullable: true,
        default: null,
        identity: null,
        generated: null,
      };
      const twin = told.get(renderAddressKey(addressOf(bare)));
      return twin?.kind === 'column' ? { ...twin, type } : bare;
    }),
  ];
}
