// declareEntities: what the entities of one data source declare.
import type { DataSource, EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import {
  addressOf,
  type CatalogObject,
  cutIdentifier,
  renderAddressKey,
  type Silence,
  type View,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { readColumn, readEnum } from './column.ts';
import { buildMetadatas, type Driver, type Orm } from './orm.ts';
import { readParts } from './parts.ts';
import type { Told } from './told.ts';

export interface DeclaredEntities {
  readonly told: readonly Told[];
  readonly unqualified: readonly string[];
  readonly silence: readonly Silence[];
}

/** Throws ShipshapeError (`models-unreadable`) with what TypeORM says of its own entities. */
export async function declareEntities(
  orm: Orm,
  source: DataSource,
  where: string,
): Promise<DeclaredEntities> {
  const metadatas = await attempt(where, () => buildMetadatas(source));
  const driver = source.driver as unknown as Driver & { readonly options: { readonly schema?: string } };
  const told = new Map<string, Told>();
  const unqualified = new Set<string>();
  const silence: Silence[] = [];
  const tell = (object: CatalogObject, entity: string | null, property: readonly string[] = []) => {
    const key = renderAddressKey(addressOf(object));
    if (!told.has(key)) told.set(key, { object, entity, property });
    return key;
  };

  for (const metadata of metadatas) {
    // A child entity of single-table inheritance has its parent's table, which knows its columns already.
    if (metadata.tableType === 'entity-child') continue;
    const schema = metadata.schema ?? driver.options.schema ?? 'public';
    const entity = entityOf(metadata);
    tell({ kind: 'schema', schema }, null);
    const key =
      metadata.tableType === 'view'
        ? tellView(metadata, schema, entity)
        : tellTable(metadata, schema, entity);
    if (isUnqualified(metadata)) unqualified.add(key);
  }
  if ([...told.values()].some(({ object }) => 'default' in object && object.default === 'uuid_generate_v4()'))
    tell({ kind: 'extension', name: 'uuid-ossp', schema: 'public', version: '' }, null);
  return { told: [...told.values()], unqualified: [...unqualified].sort(), silence };

  function isUnqualified({ schema }: EntityMetadata): boolean {
    return schema === undefined && driver.options.schema === undefined;
  }

  function tellTable(metadata: EntityMetadata, schema: string, entity: string | null): string {
    const table = orm.Table.create(metadata, source.driver);
    const place = { schema, table: cutIdentifier(metadata.tableName) };
    const key = tell({ kind: 'table', schema, name: place.table }, entity);
    tellComment(table.comment, { kind: 'table', schema, name: place.table }, entity, []);
    const columns = new Map(metadata.columns.map((column) => [column.databaseName, column]));
    for (const each of table.columns) {
      const known = columns.get(each.name);
      const property = known === undefined ? [] : propertyOf(known);
      const own = readEnum(place, metadata.tableName, each);
      if (own !== null) {
        tell({ kind: 'schema', schema: own.schema }, null);
        const key = tell(own, entity, property);
        if (isUnqualified(metadata)) unqualified.add(key);
      }
      const column = readColumn(driver, place, each);
      tell(each.isPrimary ? { ...column, nullable: false } : column, entity, property);
      tellComment(each.comment, { ...place, kind: 'column', name: column.name }, entity, property);
    }
    const name = (given: readonly string[]) => source.namingStrategy.primaryKeyName(table, [...given]);
    for (const part of readParts(place, metadata, table, name)) {
      const [first] = 'columns' in part ? (part.columns as readonly string[]) : [];
      const column = first === undefined ? undefined : columns.get(first);
      tell(part, entity, column === undefined || part.kind === 'index' ? [] : propertyOf(column));
    }
    for (const { name: of, synchronize } of metadata.indices)
      if (synchronize !== true)
        silence.push({
          address: renderAddressKey({ kind: 'index', ...place, name: cutIdentifier(of) }),
          aspect: 'existence',
          because: 'declared with synchronize: false: it is made by hand',
        });
    for (const { name: of } of table.exclusions)
      silence.push({
        address: renderAddressKey({ kind: 'exclusion constraint', ...place, name: cutIdentifier(of ?? '') }),
        aspect: 'existence',
        because: 'TypeORM keeps an exclusion constraint as text that only a server can read',
      });
    return key;
  }

  function tellView(metadata: EntityMetadata, schema: string, entity: string | null): string {
    const { expression } = metadata;
    const definition = typeof expression === 'function' ? expression(source).getQuery() : (expression ?? '');
    const viewed = {
      schema,
      name: cutIdentifier(metadata.tableName),
      columns: metadata.columns.map(({ databaseName }) => ({ name: databaseName, type: 'unknown' })),
      definition,
    };
    const view: CatalogObject =
      metadata.tableMetadataArgs.materialized === true
        ? { kind: 'materialized view', ...viewed, populated: true }
        : ({ kind: 'view', ...viewed } satisfies View);
    return tell(view, entity);
  }

  function tellComment(
    text: string | undefined,
    on: Extract<CatalogObject, { kind: 'comment' }>['on'],
    entity: string | null,
    property: readonly string[],
  ): void {
    if (text) tell({ kind: 'comment', on, text }, entity, property);
  }
}

function entityOf({ target, name }: EntityMetadata): string | null {
  if (typeof target === 'function') return target.name;
  return typeof target === 'string' && target !== '' ? target : name || null;
}

/** `['home', 'street']` of an embedded one. */
function propertyOf(column: ColumnMetadata): readonly string[] {
  return column.relationMetadata === undefined
    ? column.propertyPath.split('.')
    : column.relationMetadata.propertyPath.split('.');
}

async function attempt<Value>(where: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ShipshapeError(
      [makeFinding('models-unreadable', { part: 'the entities', at: where, message })],
      { cause: error },
    );
  }
}
