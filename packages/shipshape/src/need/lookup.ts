// makeLookup: a catalog by name, as a statement of the code would find things in it.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Column,
  type Domain,
  type Enum,
  type MaterializedView,
  renderAddressKey,
  type Table,
  type TableAccess,
  type View,
} from '../catalog/index.ts';
import { parseTypeName } from './type-name.ts';

/** What a statement can read from by name. */
export type Relation = Table | View | MaterializedView;

export interface TableContents {
  readonly table: Relation;
  /** Those of a view may always be null: PostgreSQL says nothing about that. */
  readonly columns: ReadonlyMap<string, Column>;
  /** What an insert may rely on (ON CONFLICT): keys and unique indexes. There may be other parts among them. */
  readonly arbiters: readonly CatalogObject[];
  /** What the connected role may do with its rows; left out where privileges are not judged. */
  readonly access?: TableAccess;
}

/** What names are looked up in. */
export interface Contents {
  readonly relations: readonly NamedContents[];
  readonly enums: readonly Enum[];
  readonly domains: readonly Domain[];
}

/** A table or view by its name, so that only those that are asked about are taken apart. */
export interface NamedContents extends TableContents {
  readonly schema: string;
  readonly name: string;
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
  readonly tables: readonly Relation[];
}

type ByName<Thing> = ReadonlyMap<string, ReadonlyMap<string, Thing>>;

/** `access`: by address key of the table or view. */
export function makeLookup(
  catalog: Catalog,
  searchPath: readonly string[],
  access: ReadonlyMap<string, TableAccess> = new Map(),
): Lookup {
  return lookIn(contentsOf(catalog, access), searchPath);
}

/** An unqualified name means the first schema of the search path that has it (manual 5.10.3). */
export function lookIn(contents: Contents, searchPath: readonly string[]): Lookup {
  const relations = byName(contents.relations);
  const enums = byName(contents.enums);
  const domains = byName(contents.domains);
  const typeIn = <Thing>(types: ByName<Thing>, known: Map<string, Thing | null>, type: string) => {
    if (types.size === 0) return null;
    const before = known.get(type);
    if (before !== undefined) return before;
    const name = parseTypeName(type);
    const found = name === null ? null : look(types.get(name.name), { schema: '', ...name }, searchPath);
    const thing = found?.kind === 'found' ? found.thing : null;
    known.set(type, thing);
    return thing;
  };
  const knownEnums = new Map<string, Enum | null>();
  const knownDomains = new Map<string, Domain | null>();
  return {
    findTable: (name) => look(relations.get(name.name), name, searchPath),
    findEnum: (name) => look(enums.get(name.name), name, searchPath),
    enumOf: (type) => typeIn(enums, knownEnums, type),
    domainOf: (type) => typeIn(domains, knownDomains, type),
    get tables() {
      return contents.relations.map(({ table }) => table);
    },
  };
}

function contentsOf(catalog: Catalog, access: ReadonlyMap<string, TableAccess>): Contents {
  const parts = new Map<string, Map<string, CatalogObject[]>>();
  const relations: Relation[] = [];
  const enums: Enum[] = [];
  const domains: Domain[] = [];
  for (const object of catalog.objects) {
    if (isRelation(object)) relations.push(object);
    else if (object.kind === 'enum') enums.push(object);
    else if (object.kind === 'domain') domains.push(object);
    else if ('table' in object) {
      const ofTable = inner(
        inner(parts, object.schema, () => new Map<string, CatalogObject[]>()),
        object.table,
        () => [] as CatalogObject[],
      );
      ofTable.push(object);
    }
  }
  const open = (table: Relation): NamedContents => {
    const { schema, name } = table;
    const inside = parts.get(schema)?.get(name) ?? [];
    const may = access.size === 0 ? undefined : access.get(renderAddressKey(addressOf(table)));
    let columns: ReadonlyMap<string, Column> | null = null;
    let arbiters: readonly CatalogObject[] | null = null;
    return {
      schema,
      name,
      table,
      get arbiters() {
        arbiters ??= inside.filter(({ kind }) => kind !== 'column');
        return arbiters;
      },
      ...(may === undefined ? {} : { access: may }),
      get columns() {
        columns ??= new Map(columnsIn(table, inside).map((column) => [column.name, column]));
        return columns;
      },
    };
  };
  return { relations: relations.map(open), enums, domains };
}

function isRelation(object: CatalogObject): object is Relation {
  return object.kind === 'table' || object.kind === 'view' || object.kind === 'materialized view';
}

function columnsIn(table: Relation, parts: readonly CatalogObject[]): readonly Column[] {
  return table.kind === 'table' ? parts.filter((part) => part.kind === 'column') : columnsOfView(table);
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

function byName<Thing extends { readonly schema: string; readonly name: string }>(
  things: readonly Thing[],
): ByName<Thing> {
  const names = new Map<string, Map<string, Thing>>();
  for (const thing of things) {
    const bySchema = names.get(thing.name);
    if (bySchema === undefined) names.set(thing.name, new Map([[thing.schema, thing]]));
    else bySchema.set(thing.schema, thing);
  }
  return names;
}

function inner<Key, Inner>(outer: Map<Key, Inner>, key: Key, make: () => Inner): Inner {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const made = make();
  outer.set(key, made);
  return made;
}
