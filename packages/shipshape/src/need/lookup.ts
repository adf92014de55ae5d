// makeLookup: a catalog by name, as a statement of the code would find things in it.
import type {
  Catalog,
  CatalogObject,
  Column,
  Domain,
  Enum,
  MaterializedView,
  Table,
  View,
} from '../catalog/index.ts';
import { parseTypeName } from './type-name.ts';

/** What a statement can read from by name. */
export type Relation = Table | View | MaterializedView;

export interface TableContents {
  readonly table: Relation;
  /** Those of a view may always be null: PostgreSQL says nothing about that. */
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
  /** A table, or a view in its place. */
  findTable(name: Name): Found<TableContents>;
  findEnum(name: Name): Found<Enum>;
  /** Of a type as it is printed, `public.mood` or `mood`; null for one that is no enum. */
  enumOf(type: string): Enum | null;
  domainOf(type: string): Domain | null;
  /** What is in the table of just this schema; nothing where there is none. */
  partsOf(schema: string, table: string): readonly CatalogObject[];
  readonly tables: readonly Relation[];
}

type ByName<Thing> = Map<string, Map<string, Thing>>;

/** An unqualified name means the first schema of the search path that has it (manual 5.10.3). */
export function makeLookup(catalog: Catalog, searchPath: readonly string[]): Lookup {
  const parts = new Map<string, CatalogObject[]>();
  const tables: ByName<Relation> = new Map();
  const enums: ByName<Enum> = new Map();
  const domains: ByName<Domain> = new Map();
  for (const object of catalog.objects) {
    if (isRelation(object)) inner(tables, object.name).set(object.schema, object);
    else if (object.kind === 'enum') inner(enums, object.name).set(object.schema, object);
    else if (object.kind === 'domain') inner(domains, object.name).set(object.schema, object);
    else if ('table' in object) {
      const key = JSON.stringify([object.schema, object.table]);
      const others = parts.get(key);
      if (others === undefined) parts.set(key, [object]);
      else others.push(object);
    }
  }
  const partsOf = (schema: string, table: string) => parts.get(JSON.stringify([schema, table])) ?? [];
  const open = (table: Relation): TableContents => {
    const inside = partsOf(table.schema, table.name);
    const columns =
      table.kind === 'table' ? inside.filter((part) => part.kind === 'column') : columnsOfView(table);
    return { table, parts: inside, columns: new Map(columns.map((column) => [column.name, column])) };
  };
  const typeIn = <Thing>(types: ByName<Thing>, type: string): Thing | null => {
    const name = types.size === 0 ? null : parseTypeName(type);
    if (name === null) return null;
    const found = look(types.get(name.name), { schema: '', ...name }, searchPath);
    return found.kind === 'found' ? found.thing : null;
  };
  return {
    findTable(name) {
      const found = look(tables.get(name.name), name, searchPath);
      if (found.kind === 'found') return { kind: 'found', thing: open(found.thing) };
      return found.kind === 'missing' ? found : { kind: 'elsewhere', things: found.things.map(open) };
    },
    findEnum: (name) => look(enums.get(name.name), name, searchPath),
    enumOf: (type) => typeIn(enums, type),
    domainOf: (type) => typeIn(domains, type),
    partsOf,
    tables: [...tables.values()].flatMap((bySchema) => [...bySchema.values()]),
  };
}

function isRelation(object: CatalogObject): object is Relation {
  return object.kind === 'table' || object.kind === 'view' || object.kind === 'materialized view';
}

function columnsOfView({ schema, name: table, columns }: View | MaterializedView): readonly Column[] {
  const nothing = { nullable: true, default: null, identity: null, generated: null } as const;
  return columns.map(({ name, type }) => ({ kind: 'column', schema, table, name, type, ...nothing }));
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

function inner<Thing>(outer: ByName<Thing>, name: string): Map<string, Thing> {
  const known = outer.get(name);
  if (known !== undefined) return known;
  const made = new Map<string, Thing>();
  outer.set(name, made);
  return made;
}
