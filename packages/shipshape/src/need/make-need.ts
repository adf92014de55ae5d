// makeNeed: what the code's declaration asks of a database.
import {
  addressOf,
  byTableOf,
  type Catalog,
  type CatalogObject,
  type Column,
  canonicalTypeName,
  type Declaration,
  isSerial,
  type MaterializedView,
  type Origin,
  renderAddressKey,
  schemasOf,
  type View,
} from '../catalog/index.ts';
import { makeSilences, type Silences } from '../compare/silence.ts';
import { arbiterColumns, idOfColumns } from './arbiter.ts';
import { type Lookup, makeLookup } from './lookup.ts';
import type { ColumnNeed, EnumNeed, Need, TableNeed, UniqueKeyNeed } from './need.ts';
import { throughDomains } from './through-domains.ts';

export function makeNeed(declaration: Declaration): Need {
  const silences = makeSilences(declaration.silence);
  const unqualified = new Set(declaration.unqualified);
  const { tops, inside } = byTableOf(declaration.catalog);
  const isSaid = silences.areAbout('existence')
    ? (object: CatalogObject) => silences.reasonOf(object, 'existence') === null
    : () => true;
  const hasOrigins = Object.keys(declaration.origin).length > 0;
  const originOf = (object: CatalogObject) =>
    hasOrigins ? (declaration.origin[renderAddressKey(addressOf(object))] ?? null) : null;
  const { domainOf } = lookUpDomains(declaration.catalog, tops);
  const isPrinted = declaration.printed !== undefined;
  const context: ColumnContext = { originOf, quiet: quietIn(silences), domainOf, isPrinted };
  const isUnqualified = (object: CatalogObject) => unqualified.has(renderAddressKey(addressOf(object)));

  const tables: TableNeed[] = [];
  const enums: EnumNeed[] = [];
  for (const object of tops) {
    if (!isSaid(object)) continue;
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
    const parts = inside.get(schema)?.get(object.name);
    const columns = parts?.columns.filter(isSaid) ?? [];
    const others = parts?.others.filter(isSaid) ?? [];
    const primary = others.flatMap((part) => (part.kind === 'primary key' ? part.columns : []));
    tables.push({
      schema,
      name: object.name,
      unqualified: isUnqualified(object),
      columns: columns.map((column) => makeColumnNeed(column, primary.includes(column.name), context)),
      uniqueKeys: uniqueKeysOf(others),
      origin: originOf(object),
    });
  }
  return { tables, enums };
}

/** Few declare any, and then nothing has to be looked up. */
function lookUpDomains(catalog: Catalog, tops: readonly CatalogObject[]): Pick<Lookup, 'domainOf'> {
  const domains = tops.filter((object) => object.kind === 'domain');
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

interface ColumnContext extends Pick<Lookup, 'domainOf'> {
  readonly originOf: (column: Column) => Origin | null;
  readonly quiet: Quiet;
  /** By a server, so that the text of a default is as it stands in a database. */
  readonly isPrinted: boolean;
}

function makeColumnNeed(column: Column, inPrimaryKey: boolean, context: ColumnContext): ColumnNeed {
  const { originOf, quiet, domainOf, isPrinted } = context;
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
    default: !isPrinted || quiet(column, 'default') ? null : column.default,
    origin: originOf(column),
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
