// One drizzle table with everything that hangs on it.
import type { PgColumn, PgEnum, PgTable } from 'drizzle-orm/pg-core';
import {
  addressOf,
  type Column,
  type Extent,
  renderAddress,
  renderAddressKey,
  type Silence,
  type Table,
} from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';
import { enumOf, filledByCode, readColumn } from './column.ts';
import type { Dialect } from './dialect.ts';
import { readIndex } from './index-keys.ts';
import { type Owner, readCheck, readForeignKey, readPrimaryKeys, readUniqueKeys } from './keys.ts';
import { readPolicy } from './policy.ts';
import { type Mark, type Told, tableMark } from './told.ts';

export interface ReadTable {
  readonly object: Table;
  readonly columns: readonly Column[];
  /** One a column: what the code calls it. */
  readonly properties: readonly string[];
  /** Keys, checks and indexes. */
  readonly keys: readonly Told[];
  readonly policies: readonly Told[];
  /** The enums of its columns, exported or not. */
  readonly enums: readonly { readonly source: PgEnum<[string, ...string[]]>; readonly mark: Mark }[];
  readonly silence: readonly Silence[];
  /** False when the models name it without a schema. */
  readonly qualified: boolean;
}

/** What is being read, to be named when it throws. */
interface Reading {
  part: string;
  name: string;
}

/** Throws ShipshapeError (`models-unreadable`) with the part of the table that throws. */
export function readTable(dialect: Dialect, table: PgTable, extent: Extent): ReadTable {
  const reading: Reading = { part: 'the table itself', name: '' };
  try {
    return readParts(dialect, table, extent, reading);
  } catch (error) {
    const { part, name } = reading;
    const message = error instanceof Error ? error.message : String(error);
    const data = { part: `${part} ${name}`.trim(), at: nameOf(dialect, table), message };
    throw new ShipshapeError([makeFinding('models-unreadable', data)], { cause: error });
  }
}

function nameOf(dialect: Dialect, table: PgTable): string {
  const { schema, table: name } = dialect.placeOf(table);
  return renderAddress({ kind: 'table', schema, name });
}

function readParts(dialect: Dialect, table: PgTable, extent: Extent, reading: Reading): ReadTable {
  const { core, pg } = dialect.orm;
  const config = pg.getTableConfig(table);
  const place = dialect.placeOf(table);
  const policed = config.enableRLS || config.policies.length > 0;
  const object: Table = {
    kind: 'table',
    schema: place.schema,
    name: place.table,
    // A table with policies is policed: drizzle-kit writes ENABLE ROW LEVEL SECURITY for it.
    ...(policed ? { rowSecurity: 'enabled' } : {}),
  };
  const columns: Column[] = [];
  const primary: PgColumn[] = [];
  const unique: PgColumn[] = [];
  const enums: ReadTable['enums'][number][] = [];
  const silence: Silence[] = [];
  const sources = core.getTableColumns(table);
  // By name: `Object.entries` takes seven times as long for objects that are made as drizzle makes these.
  const properties = Object.keys(sources);
  reading.part = 'column';
  for (const name of properties) {
    const source = sources[name] as PgColumn;
    reading.name = source.name;
    const own = enumOf(dialect, source);
    const because = filledByCode(source);
    const column = readColumn(dialect, place, source, own, because !== null);
    columns.push(column);
    if (source.primary) primary.push(source);
    if (source.isUnique) unique.push(source);
    if (own !== null) enums.push({ source: own, mark: { kind: 'property', name } });
    if (because !== null)
      silence.push({ address: renderAddressKey(addressOf(column)), aspect: 'default', because });
  }
  const owner: Owner = {
    ...place,
    fullName: core.getTableName(table),
    markOf(column) {
      const property = properties[columns.findIndex(({ name }) => name === column)];
      return property === undefined ? tableMark : { kind: 'property', name: property };
    },
  };
  reading.part = 'a key';
  reading.name = '';
  const keys = [
    ...readPrimaryKeys(dialect, owner, primary, config.primaryKeys),
    ...readUniqueKeys(dialect, owner, unique, config.uniqueConstraints),
  ];
  const policies: Told[] = [];
  const isWhole = extent === 'whole';
  if (isWhole) {
    reading.part = 'a foreign key';
    for (const each of config.foreignKeys) keys.push(readForeignKey(dialect, owner, each));
    reading.part = 'check';
    for (const each of config.checks) {
      reading.name = each.name;
      keys.push(readCheck(dialect, owner, each));
    }
    reading.part = 'policy';
    for (const each of config.policies) {
      reading.name = each.name;
      policies.push(readPolicy(dialect, owner, each));
    }
  }
  reading.part = 'index';
  for (const each of config.indexes) {
    reading.name = each.config.name ?? '';
    if (isWhole || each.config.unique) keys.push(readIndex(dialect, owner, each));
  }
  return {
    object,
    qualified: config.schema !== undefined,
    columns: withKeys(columns, keys),
    properties,
    keys,
    policies,
    enums,
    silence,
  };
}

/** A key's columns are not null to PostgreSQL, whether or not the column says so (manual 5.5.4). */
function withKeys(columns: readonly Column[], keys: readonly Told[]): readonly Column[] {
  const keyed = keys.flatMap(({ object }) => (object.kind === 'primary key' ? object.columns : []));
  const isNull = (key: string) => columns.some(({ name, nullable }) => nullable && name === key);
  return keyed.some(isNull)
    ? columns.map((each) => (keyed.includes(each.name) ? { ...each, nullable: false } : each))
    : columns;
}
