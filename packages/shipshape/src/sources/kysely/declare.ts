// declareTables: typed tables as a declaration.
import {
  addressOf,
  type CatalogObject,
  cutIdentifier,
  type Declaration,
  makeCatalog,
  type Origin,
  renderAddress,
  renderAddressKey,
  type Silence,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { ReadTables } from './read-tables.ts';
import { silences } from './silence.ts';
import type { TypedColumn, TypedTable } from './table.ts';

/**
 * `nameOf`: how Kysely writes a name (CamelCasePlugin). A dot in a table's name parts schema and table, as Kysely itself
 * reads it. Throws ShipshapeError (`models-clash`).
 */
export function declareTables(
  { tables, nameless }: Pick<ReadTables, 'tables' | 'nameless'>,
  nameOf: (name: string) => string,
): Declaration {
  const placed = new Map<string, { readonly object: CatalogObject; readonly said: string }>();
  const origin: Record<string, Origin> = {};
  const silence: Silence[] = [...silences];
  const unqualified: string[] = [];
  for (const table of tables) {
    const place = placeOf(table.name);
    keep({ kind: 'schema', schema: place.schema }, '', null);
    const key = keep({ kind: 'table', ...place }, table.name, table.origin);
    if (!table.name.includes('.')) unqualified.push(key);
    for (const column of table.columns) placeColumn(table, place, column);
  }
  for (const name of nameless) {
    const address = renderAddressKey({ kind: 'table', ...placeOf(name) });
    silence.push({ address, aspect: 'existence', because: 'its columns have no names: it is not asked for' });
  }
  return {
    catalog: makeCatalog([...placed.values()].map(({ object }) => object)),
    silence,
    origin,
    unqualified: unqualified.sort(),
  };

  function placeOf(name: string): { readonly schema: string; readonly name: string } {
    const [first = '', second] = name.split('.').map((part) => cutIdentifier(nameOf(part)));
    return second === undefined ? { schema: 'public', name: first } : { schema: first, name: second };
  }

  function placeColumn(
    table: TypedTable,
    { schema, name }: { readonly schema: string; readonly name: string },
    column: TypedColumn,
  ): void {
    const key = keep(
      {
        kind: 'column',
        schema,
        table: name,
        name: cutIdentifier(nameOf(column.name)),
        // Of the type nothing is known, and this one takes any default.
        type: 'text',
        nullable: column.nullable ?? true,
        default: column.filled ? "''" : null,
        identity: null,
        generated: null,
      },
      `${table.name}.${column.name}`,
      column.origin,
    );
    if (column.nullable === null)
      silence.push({ address: key, aspect: 'nullability', because: 'its type is any, or all of JSON' });
  }

  function keep(object: CatalogObject, said: string, from: Origin | null): string {
    const key = renderAddressKey(addressOf(object));
    const other = placed.get(key);
    if (other !== undefined && object.kind !== 'schema') {
      const data = { what: renderAddress(addressOf(object)), first: other.said, second: said };
      throw new ShipshapeError([makeFinding('models-clash', data, { address: addressOf(object) })]);
    }
    placed.set(key, { object, said });
    if (from !== null) origin[key] = from;
    return key;
  }
}
