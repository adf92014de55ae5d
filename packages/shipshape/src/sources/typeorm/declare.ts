// declareEntities: what the entities of one data source declare.
import type { DataSource, EntityMetadata } from 'typeorm';
import { cutIdentifier, type Kind, type Remark, renderAddressKey } from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import type { Collection } from './collect.ts';
import { type Place, readColumn, readEnum } from './column.ts';
import { extensionsOf } from './extensions.ts';
import { buildMetadatas, type Driver, type Orm } from './orm.ts';
import { readParts, type Sites } from './parts.ts';
import { sitesOfColumn, sitesOfEntity } from './sites.ts';
import type { Site } from './told.ts';
import { readView } from './view.ts';

type Options = NonNullable<Parameters<typeof extensionsOf>[1]> & { readonly schema?: string };

/** Throws ShipshapeError (`models-unreadable`) with what TypeORM says of its own entities, and `models-clash`. */
export async function declareEntities(
  orm: Orm,
  source: DataSource,
  where: string,
  collection: Collection,
): Promise<void> {
  const metadatas = await attempt('the entities', where, () => buildMetadatas(orm, source));
  const driver = source.driver as unknown as Driver & { readonly options: Options };
  const { tell } = collection;

  for (const name of extensionsOf(metadatas, driver.options))
    tell({ kind: 'extension', name, schema: 'public', version: '' }, []);
  for (const metadata of metadatas) {
    // A child entity of single-table inheritance has its parent's table, which knows its columns already.
    if (metadata.tableType === 'entity-child') continue;
    const schema = metadata.schema ?? driver.options.schema ?? 'public';
    const entity = sitesOfEntity(metadata, metadatas);
    tell({ kind: 'schema', schema }, []);
    const place = { schema, table: cutIdentifier(metadata.tableName) };
    if (metadata.tableType === 'view') await tellView(metadata, place, entity);
    else tellTable(metadata, place, entity);
  }

  async function tellView(metadata: EntityMetadata, place: Place, entity: readonly Site[]): Promise<void> {
    const sites = sitesIn(metadata, entity);
    const told = await attempt('the expression', metadata.name, async () =>
      readView(source, metadata, place, sites),
    );
    for (const { object, sites: of } of told) {
      const key = tell(object, of);
      if (object.kind !== 'index' && isUnqualified(metadata)) collection.leaveUnqualified(key);
      if (metadata.synchronize || object.kind === 'index') continue;
      collection.silent({ address: key, aspect: 'definition', because: byHand });
    }
  }

  function tellTable(metadata: EntityMetadata, place: Place, entity: readonly Site[]): void {
    const { schema, table: tableName } = place;
    const table = orm.Table.create(metadata, source.driver);
    const on = { kind: 'table', schema, name: tableName } as const;
    const key = tell(on, entity);
    if (isUnqualified(metadata)) collection.leaveUnqualified(key);
    tellComment(table.comment, on, entity);
    const sites = sitesIn(metadata, entity);
    for (const each of table.columns) {
      const given = metadata.columns.find(({ databaseName }) => databaseName === each.name);
      const places = sites.column(each.name);
      const own = readEnum(place, metadata.tableName, each);
      if (own !== null) {
        tell({ kind: 'schema', schema: own.schema }, []);
        const enumKey = tell(own, places);
        if (isUnqualified(metadata)) collection.leaveUnqualified(enumKey);
      }
      const column = readColumn(driver, place, each, given?.default);
      const columnKey = tell(each.isPrimary ? { ...column, nullable: false } : column, places);
      tellComment(each.comment, { ...place, kind: 'column', name: column.name }, places);
      if (!metadata.synchronize) silenceAll(columnKey, ['default', 'identity', 'collation']);
    }
    if (!metadata.synchronize) {
      silenceParts(key);
      return;
    }
    const name = (given: readonly string[]) => source.namingStrategy.primaryKeyName(table, [...given]);
    const parts = readParts(place, metadata, table, sites, name);
    for (const { object, sites: of } of parts) tell(object, of);
    silenceUntold(
      metadata,
      place,
      new Set(parts.flatMap(({ object }) => ('name' in object ? [object.name] : []))),
    );
  }

  /** TypeORM leaves such tables to others, who may give them what they like. */
  function silenceParts(tableKey: string): void {
    for (const kind of partKinds)
      collection.silent({ address: `${kind} in ${tableKey}`, aspect: 'existence', because: byHand });
  }

  function silenceAll(address: string, aspects: readonly string[]): void {
    for (const aspect of aspects) collection.silent({ address, aspect, because: byHand });
  }

  function silenceUntold(metadata: EntityMetadata, place: Place, told: ReadonlySet<string>): void {
    for (const { name, synchronize } of metadata.indices as readonly Partial<
      EntityMetadata['indices'][number]
    >[])
      if (synchronize === false && name !== undefined)
        silenceAll(renderAddressKey({ kind: 'index', ...place, name: cutIdentifier(name) }), ['existence']);
    for (const { name } of metadata.exclusions)
      if (!told.has(cutIdentifier(name)))
        collection.silent({
          address: renderAddressKey({ kind: 'exclusion constraint', ...place, name: cutIdentifier(name) }),
          aspect: 'existence',
          because: 'its text is not of the form that the manual gives',
        });
  }

  function tellComment(text: string | undefined, on: Remark['on'], sites: readonly Site[]): void {
    if (text) tell({ kind: 'comment', on, text }, sites);
  }
}

const byHand = 'declared with synchronize: false: it is made by hand';
const partKinds: readonly Kind[] = [
  'primary key',
  'unique key',
  'foreign key',
  'check',
  'exclusion constraint',
  'index',
];

/** The schema of the data source is among what an entity has as its own. */
function isUnqualified({ schema }: EntityMetadata): boolean {
  return schema === undefined;
}

function sitesIn(metadata: EntityMetadata, entity: readonly Site[]): Sites {
  return {
    entity,
    column(databaseName) {
      const column = metadata.columns.find((each) => each.databaseName === databaseName);
      return column === undefined ? entity : sitesOfColumn(column, entity);
    },
  };
}

async function attempt<Value>(part: string, at: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ShipshapeError) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new ShipshapeError([makeFinding('models-unreadable', { part, at, message })], { cause: error });
  }
}
