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
  renderAddressKey,
  schemasOf,
  type View,
} from '../catalog/index.ts';
import { makeSilences, type Silences } from '../compare/silence.ts';
import { arbiterColumns } from './arbiter.ts';
import { type Lookup, makeLookup } from './lookup.ts';
import type { ColumnNeed, EnumNeed, Need, TableNeed, UniqueKeyNeed } from './need.ts';
import { throughDomains } from './through-domains.ts';

/** `default` is the declaration's own text: only a declaration that a server elaborated has it as PostgreSQL prints it. */
export function makeNeed(declaration: Declaration): Need {
  const silences = makeSilences(declaration.silence);
  const unqualified = new Set(declaration.unqualified);
  const objects = silences.areAbout('existence')
    ? declaration.catalog.objects.filter((object) => !silences.covers([object], 'existence'))
    : declaration.catalog.objects;
  const contents = contentsByTable(objects);
  const hasOrigins = Object.keys(declaration.origin).length > 0;
  const originOf = (object: CatalogObject) =>
    hasOrigins ? (declaration.origin[renderAddressKey(addressOf(object))] ?? null) : null;
  const { domainOf } = lookUpDomains(declaration.catalog);
  const isUnqualified = (object: CatalogObject) => unqualified.has(renderAddressKey(addressOf(object)));

  const tables: TableNeed[] = [];
  const enums: EnumNeed[] = [];
  for (const object of objects) {
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
    const primary = new Set(others.flatMap((part) => (part.kind === 'primary key' ? part.columns : [])));
    tables.push({
      schema,
      name: object.name,
      unqualified: isUnqualified(object),
      columns: columns.map((column) =>
        makeColumnNeed(column, primary.has(column.name), originOf(column), silences, domainOf),
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

/** By schema and table. */
function contentsByTable(
  objects: readonly CatalogObject[],
): ReadonlyMap<string, ReadonlyMap<string, Contents>> {
  const schemas = new Map<string, Map<string, Contents>>();
  for (const object of objects) {
    if (!('table' in object)) continue;
    const tables = schemas.get(object.schema) ?? new Map<string, Contents>();
    if (tables.size === 0) schemas.set(object.schema, tables);
    let contents = tables.get(object.table);
    if (contents === undefined) {
      contents = { columns: [], others: [] };
      tables.set(object.table, contents);
    }
    if (object.kind === 'column') contents.columns.push(object);
    else contents.others.push(object);
  }
  return schemas;
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

function makeColumnNeed(
  column: Column,
  inPrimaryKey: boolean,
  origin: ColumnNeed['origin'],
  silences: Silences,
  domainOf: Lookup['domainOf'],
): ColumnNeed {
  const quiet = (aspect: string) => silences.areAbout(aspect) && silences.covers([column], aspect);
  const { type, nullable, default: text } = throughDomains(column, domainOf);
  const fills =
    text !== null || column.identity !== null || column.generated !== null || isSerial(column.type);
  return {
    name: column.name,
    type: quiet('type') ? null : canonicalTypeName(column.type),
    ...(type === column.type || quiet('type') ? {} : { over: canonicalTypeName(type) }),
    // A serial type brings NOT NULL (manual 8.1.4), and so does a primary key (5.5.4), which not every ORM repeats.
    nullable: quiet('nullability') ? null : nullable && !isSerial(column.type) && !inPrimaryKey,
    filled: fills ? true : quiet('default') || quiet('identity') || quiet('generated') ? null : false,
    default: quiet('default') ? null : column.default,
    origin,
  };
}

/** Each set of columns once. */
function uniqueKeysOf(parts: readonly CatalogObject[]): readonly UniqueKeyNeed[] {
  const keys = new Map<string, UniqueKeyNeed>();
  for (const part of parts) {
    const columns = arbiterColumns(part);
    if (columns === null) continue;
    const id = JSON.stringify([...columns].sort());
    const primary = part.kind === 'primary key' || keys.get(id)?.primary === true;
    keys.set(id, { columns: keys.get(id)?.columns ?? columns, primary });
  }
  return [...keys.values()];
}
