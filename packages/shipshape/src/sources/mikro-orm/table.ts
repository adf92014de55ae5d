// One table of the schema generator with everything that hangs on it.
import {
  addressOf,
  type CatalogObject,
  cutIdentifier,
  renderAddressKey,
  type Silence,
  type ThingAddress,
} from '../../catalog/index.ts';
import { readColumn } from './column.ts';
import { readCheck, readForeignKey, readIndex, readStatement, statementOf } from './keys.ts';
import type { DatabaseTable, EntityMetadata, Platform, Property } from './orm.ts';
import type { Owner, Told } from './told.ts';
import { readPolicies, readTraits } from './traits.ts';

export interface TableSetting {
  readonly platform: Platform;
  /** Null for tables that no entity maps alone. */
  readonly entity: EntityMetadata | null;
  readonly createForeignKeys: boolean;
}

export interface ReadTable {
  readonly told: readonly Told[];
  readonly silence: readonly Silence[];
}

export function readTable(source: DatabaseTable, setting: TableSetting): ReadTable {
  const { platform, entity } = setting;
  const owner: Owner = {
    schema: source.schema,
    table: cutIdentifier(source.name),
    source,
    platform,
    isSeven: source.getPolicies !== undefined,
  };
  const place = { schema: owner.schema, table: owner.table };
  const propertyOf = (column: string | undefined): Property | undefined =>
    entity?.props.find(
      ({ fieldNames, persist }) =>
        column !== undefined && persist !== false && fieldNames?.includes(column) === true,
    );
  const tell = (object: CatalogObject, column?: string): Told => {
    return { object, entity, property: propertyOf(column)?.name ?? null };
  };
  const silence: Silence[] = [];
  const columns = source.getColumns().flatMap((column) => {
    if (propertyOf(column.name)?.onCreate !== undefined && (column.default ?? null) === null)
      silence.push({
        address: renderAddressKey({ kind: 'column', ...place, name: cutIdentifier(column.name) }),
        aspect: 'default',
        because: 'filled by the code (onCreate)',
      });
    return readColumn(owner, column).map((object) => tell(object, column.name));
  });
  const indexNames = new Set<string>();
  const indexes = source.getIndexes().flatMap((index) => {
    const sql = statementOf(owner, index);
    if (sql === null) return [tell(readIndex(owner, index), only(index.columnNames))];
    const read = readStatement(owner, index.keyName, sql);
    if (read !== null) {
      // A second statement that would make an index of this name makes nothing, if it says so.
      if (read.repeatable && indexNames.has(read.index.name)) return [];
      indexNames.add(read.index.name);
      return [tell(read.index, only(index.columnNames))];
    }
    const name = cutIdentifier(index.keyName);
    silence.push({
      address: renderAddressKey({ kind: 'index', ...place, name }),
      aspect: 'existence',
      because: 'its expression is no CREATE INDEX, and only the server could say what it makes',
    });
    return [];
  });
  for (const partition of source.getPartitioning?.()?.partitions ?? [])
    silence.push({
      address: renderAddressKey({
        kind: 'table',
        schema: partition.schema ?? owner.schema,
        name: cutIdentifier(partition.name),
      }),
      aspect: 'existence',
      because: 'partitions come and go, and statements name the table that they are of',
    });
  const foreignKeys = setting.createForeignKeys ? Object.values(source.getForeignKeys()) : [];
  return {
    told: [
      tell({ kind: 'table', schema: owner.schema, name: owner.table, ...readTraits(owner) }),
      ...columns,
      ...indexes,
      ...source.getChecks().flatMap((check) => {
        const object = readCheck(owner, check);
        return object === null ? [] : [tell(object, check.columnName)];
      }),
      ...readPolicies(owner).map((policy) => tell(policy)),
      ...foreignKeys.map((key) => tell(readForeignKey(owner, key), key.columnNames[0])),
      ...comment({ kind: 'table', schema: owner.schema, name: owner.table }, source.comment),
      ...source
        .getColumns()
        .flatMap(({ name, comment: text }) =>
          comment({ kind: 'column', ...place, name: cutIdentifier(name) }, text, name),
        ),
    ],
    silence,
  };

  function comment(on: ThingAddress, text: string | undefined, column?: string): readonly Told[] {
    return text === undefined || text === '' ? [] : [tell({ kind: 'comment', on, text }, column)];
  }

  function only(names: readonly string[]): string | undefined {
    return names.length === 1 ? names[0] : undefined;
  }
}

/** What the code says about a thing, in its own names: `Author.email`. */
export function nameOf({ object, entity, property }: Told): string {
  if (entity === null) return renderAddressKey(addressOf(object));
  return property === null ? `entity ${entity.className}` : `${entity.className}.${property}`;
}
