// makeLookup: a catalog by name, as a statement of the code would find things in it.
import type { Catalog, CatalogObject, Column, Enum, Table } from '../catalog/index.ts';

export interface TableContents {
  readonly table: Table;
  readonly columns: ReadonlyMap<string, Column>;
  /** Columns, keys, checks and indexes. */
  readonly parts: readonly CatalogObject[];
}

/** Where a name leads. */
export type Found<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  /** It exists, in schemas where the name is not looked up. */
  | { readonly kind: 'elsewhere'; readonly things: readonly Thing[] }
  | { readonly kind: 'missing' };

export interface Name {
  readonly schema: string;
  readonly name: string;
  readonly unqualified: boolean;
}

export interface Lookup {
  findTable(name: Name): Found<TableContents>;
  findEnum(name: Name): Found<Enum>;
  /** What is in the table of just this schema; nothing where there is none. */
  partsOf(schema: string, table: string): readonly CatalogObject[];
  readonly tables: readonly Table[];
}

/** An unqualified name means the first schema of the search path that has it (manual 5.10.3). */
export function makeLookup(catalog: Catalog, searchPath: readonly string[]): Lookup {
  const parts = new Map<string, CatalogObject[]>();
  const tables = new Map<string, Map<string, Table>>();
  const enums = new Map<string, Map<string, Enum>>();
  for (const object of catalog.objects) {
    if (object.kind === 'table') inner(tables, object.name).set(object.schema, object);
    else if (object.kind === 'enum') inner(enums, object.name).set(object.schema, object);
    else if ('table' in object) {
      const key = JSON.stringify([object.schema, object.table]);
      const others = parts.get(key);
      if (others === undefined) parts.set(key, [object]);
      else others.push(object);
    }
  }
  const partsOf = (schema: string, table: string) => parts.get(JSON.stringify([schema, table])) ?? [];
  const open = (table: Table): TableContents => {
    const inside = partsOf(table.schema, table.name);
    const columns = inside.filter((part) => part.kind === 'column');
    return { table, parts: inside, columns: new Map(columns.map((column) => [column.name, column])) };
  };
  return {
    findTable(name) {
      const found = look(tables.get(name.name), name, searchPath);
      if (found.kind === 'found') return { kind: 'found', thing: open(found.thing) };
      return found.kind === 'missing' ? found : { kind: 'elsewhere', things: found.things.map(open) };
    },
    findEnum: (name) => look(enums.get(name.name), name, searchPath),
    partsOf,
    tables: [...tables.values()].flatMap((bySchema) => [...bySchema.values()]),
  };
}

function look<Thing>(
  bySchema: ReadonlyMap<string, Thing> | undefined,
  name: Name,
  searchPath: readonly string[],
): Found<Thing> {
  if (bySchema === undefined) return { kind: 'missing' };
  const schema = name.unqualified ? searchPath.find((each) => bySchema.has(each)) : name.schema;
  const thing = schema === undefined ? undefined : bySchema.get(schema);
  return thing === undefined
    ? { kind: 'elsewhere', things: [...bySchema.values()] }
    : { kind: 'found', thing };
}

function inner<Thing>(outer: Map<string, Map<string, Thing>>, name: string): Map<string, Thing> {
  const known = outer.get(name);
  if (known !== undefined) return known;
  const made = new Map<string, Thing>();
  outer.set(name, made);
  return made;
}
