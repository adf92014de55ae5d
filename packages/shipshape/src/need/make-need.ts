// makeNeed: what the code's declaration asks of a database.
import {
  addressOf,
  type Catalog,
  type CatalogObject,
  type Column,
  canonicalTypeName,
  type Declaration,
  isSerial,
  type MaterializedView,
  type Part,
  renderAddressKey,
  schemasOf,
  type View,
} from '../catalog/index.ts';
import { makeSilences, type Silences } from '../compare/silence.ts';
import { arbiterColumns, idOfColumns } from './arbiter.ts';
import { type Lookup, makeLookup } from './lookup.ts';
import type { ColumnNeed, EnumNeed, Need, TableNeed, UniqueKeyNeed } from './need.ts';
import { throughDomains } from './through-domains.ts';

/** `default` is the declaration's own text: only a declaration that a server elaborated has it as PostgreSQL prints it. */
export function makeNeed(declaration: Declaration): Need {
  const silences = makeSilences(declaration.silence);
  const unqualified = new Set(declaration.unqualified);
  const objects = silences.areAbout('existence')
    ? declaration.catalog.objects.filter((object) => silences.reasonOf(object, 'existence') === null)
    : declaration.catalog.objects;
  const { tops, contents } = sortOut(objects);
  const hasOrigins = Object.keys(declaration.origin).length > 0;
  const originOf = (object: CatalogObject) =>
    hasOrigins ? (declaration.origin[renderAddressKey(addressOf(object))] ?? null) : null;
  const { domainOf } = lookUpDomains(declaration.catalog);
  const quiet = quietIn(silences);
  const isUnqualified = (object: CatalogObject) => unqualified.has(renderAddressKey(addressOf(object)));

  const tables: TableNeed[] = [];
  const enums: EnumNeed[] = [];
  for (const object of tops) {
    if (object.kind === 'enum') {
      const { schema, name, labels } = object;
      const known = silences.covers([addressOf(object)], 'labels') ? [] : labels;
      enums.push({
        schema,
        name,
        unqualified: isUnqualified(object),
        labels: known,
        origin: originOf(object),
      });
    }
    if (object.kind === 'view' || object.kind === 'materialized view') {
      const { kind, schema, name } = object;
      const columns = columnsOfView(object, silences);
      const origin = originOf(object);
      tables.push({
        kind,
        schema,
        name,
        unqualified: isUnqualified(object),
        columns,
        uniqueKeys: [],
        origin,
      });
    }
    if (object.kind !== 'table') continue;
    const { schema } = object;
    const { columns, others } = contents.get(schema)?.get(object.name) ?? { columns: [], others: [] };
    const primary = others.flatMap((part) => (part.kind === 'primary key' ? part.columns : []));
    tables.push({
      schema,
      name: object.name,
      unqualified: isUnqualified(object),
      columns: columns.map((column) =>
        makeColumnNeed(column, primary.includes(column.name), originOf(column), quiet, domainOf),
      ),
      uniqueKeys: uniqueKeysOf(others),
      origin: originOf(object),
    });
  }
  return { tables, enums };
}

interface Contents {
  readonly columns: Column[];
  readonly others: CatalogObject[];
}

interface SortedOut {
  /** What is in no table. */
  readonly tops: readonly CatalogObject[];
  /** By schema and table. */
  readonly contents: ReadonlyMap<string, ReadonlyMap<string, Contents>>;
}

function sortOut(objects: readonly CatalogObject[]): SortedOut {
  const tops: CatalogObject[] = [];
  const schemas = new Map<string, Map<string, Contents>>();
  let last: Part | null = null;
  let contents: Contents = { columns: [], others: [] };
  for (const object of objects) {
    if (!('table' in object)) {
      tops.push(object);
      continue;
    }
    // In normal order they mostly follow one of the same table.
    if (object.table !== last?.table || object.schema !== last.schema) contents = contentsOf(schemas, object);
    last = object;
    if (object.kind === 'column') contents.columns.push(object);
    else contents.others.push(object);
  }
  return { tops, contents: schemas };
}

function contentsOf(schemas: Map<string, Map<string, Contents>>, { schema, table }: Part): Contents {
  const tables = schemas.get(schema) ?? new Map<string, Contents>();
  if (tables.size === 0) schemas.set(schema, tables);
  const known = tables.get(table);
  if (known !== undefined) return known;
  const made: Contents = { columns: [], others: [] };
  tables.set(table, made);
  return made;
}

/** Few declare any, and then nothing has to be looked up. */
function lookUpDomains(catalog: Catalog): Pick<Lookup, 'domainOf'> {
  const domains = catalog.objects.filter((object) => object.kind === 'domain');
  return domains.length === 0
    ? { domainOf: () => null }
    : makeLookup({ objects: domains }, schemasOf(catalog));
}

/** What a view lets be read. Of nulls it says nothing, and nothing is written to it. */
function columnsOfView(view: View | MaterializedView, silences: Silences): readonly ColumnNeed[] {
  const quiet = silences.covers([addressOf(view)], 'columns');
  return view.columns.map(({ name, type }) => ({
    name,
    // Only a server knows the type of an expression.
    type: quiet || type === 'unknown' ? null : canonicalTypeName(type),
    nullable: null,
    filled: null,
    default: null,
    origin: null,
  }));
}

/** Which aspects of columns anything is silent about: mostly none, and then no column is asked. */
type Quiet = (
  column: Column,
  aspect: 'type' | 'nullability' | 'default' | 'identity' | 'generated',
) => boolean;

function quietIn(silences: Silences): Quiet {
  const about = new Set(
    ['type', 'nullability', 'default', 'identity', 'generated'].filter((aspect) => silences.areAbout(aspect)),
  );
  return about.size === 0
    ? () => false
    : (column, aspect) => about.has(aspect) && silences.covers([column], aspect);
}

function makeColumnNeed(
  column: Column,
  inPrimaryKey: boolean,
  origin: ColumnNeed['origin'],
  quiet: Quiet,
  domainOf: Lookup['domainOf'],
): ColumnNeed {
  const { type, nullable, default: text } = throughDomains(column, domainOf);
  const serial = isSerial(column.type);
  const fills = text !== null || column.identity !== null || column.generated !== null || serial;
  const isTyped = !quiet(column, 'type');
  const need: ColumnNeed = {
    name: column.name,
    type: isTyped ? canonicalTypeName(column.type) : null,
    // A serial type brings NOT NULL (manual 8.1.4), and so does a primary key (5.5.4), which not every ORM repeats.
    nullable: quiet(column, 'nullability') ? null : nullable && !serial && !inPrimaryKey,
    filled: fills
      ? true
      : quiet(column, 'default') || quiet(column, 'identity') || quiet(column, 'generated')
        ? null
        : false,
    default: quiet(column, 'default') ? null : column.default,
    origin,
  };
  return type === column.type || !isTyped ? need : { ...need, over: canonicalTypeName(type) };
}

/** Each set of columns once. */
function uniqueKeysOf(parts: readonly CatalogObject[]): readonly UniqueKeyNeed[] {
  const keys = new Map<string, UniqueKeyNeed>();
  for (const part of parts) {
    const columns = arbiterColumns(part);
    if (columns === null) continue;
    const id = idOfColumns(columns);
    const known = keys.get(id);
    const primary = part.kind === 'primary key' || known?.primary === true;
    keys.set(id, { columns: known?.columns ?? columns, primary });
  }
  return [...keys.values()];
}
