// The app's own MikroORM, and the part of its schema generator that holds what entities declare.
import type { Policy } from '../../catalog/index.ts';
import { makeFinding, ShipshapeError } from '../../report/index.ts';

/** Imports a package from where the entities lie; null when it is not installed there. */
export type ImportBeside = (specifier: string) => Promise<unknown>;

export interface Property {
  readonly name: string;
  /** The name of what is related, or embedded: `Address`, `Cat | Dog`. */
  readonly type: string;
  readonly kind?: string;
  /** Of one inside an embeddable: the property that embeds it, and its own name there. */
  readonly embedded?: readonly [string, string];
  readonly owner?: boolean;
  readonly pivotEntity?: string;
  readonly nativeEnumName?: string;
  readonly fieldNames?: readonly string[];
  readonly columnTypes?: readonly string[];
  readonly persist?: boolean;
  readonly onCreate?: unknown;
  readonly comment?: string;
}

export interface EntityMetadata {
  readonly className: string;
  /** A name, a class or an EntitySchema. */
  readonly extends?: string | { readonly name?: string; readonly meta?: EntityMetadata };
  readonly pivotTable?: boolean;
  readonly tableName: string;
  readonly schema?: string;
  readonly comment?: string;
  readonly virtual?: boolean;
  /** Of version 7. */
  readonly view?: boolean;
  readonly embeddable?: boolean;
  readonly root: EntityMetadata;
  readonly props: readonly Property[];
  readonly properties: Readonly<Record<string, Property>>;
}

/** `DatabaseTable` and its parts, of @mikro-orm/knex 6 and @mikro-orm/sql 7. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly mappedType: MappedType;
  readonly generated?: string;
  readonly autoincrement?: boolean;
  readonly nullable?: boolean;
  readonly default?: string | null;
  readonly nativeEnumName?: string;
  readonly enumItems?: readonly unknown[];
  readonly comment?: string;
  readonly collation?: string;
}

export interface MappedType {
  getColumnType(property: object, platform: Platform): string;
}

export interface TableIndex {
  readonly keyName: string;
  readonly columnNames: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
  readonly constraint?: boolean;
  readonly include?: readonly string[];
  readonly expression?: string;
  readonly type?: string | { readonly indexType?: string; readonly predicate?: { toQuery(): string } };
  readonly deferMode?: string;
}

export interface TableForeignKey {
  readonly constraintName: string;
  readonly columnNames: readonly string[];
  readonly referencedTableName: string;
  readonly referencedColumnNames: readonly string[];
  readonly updateRule?: string;
  readonly deleteRule?: string;
  readonly deferMode?: string;
}

export interface DatabaseTable {
  readonly name: string;
  readonly schema: string;
  readonly comment?: string;
  getColumns(): readonly TableColumn[];
  getIndexes(): readonly TableIndex[];
  getChecks(): readonly {
    readonly name: string;
    readonly expression: string;
    readonly columnName?: string;
  }[];
  getForeignKeys(): Readonly<Record<string, TableForeignKey>>;
  getPrimaryKey(): TableIndex | undefined;
  /** This and the rest are of version 7. */
  getShortestName?(): string;
  readonly rlsEnabled?: boolean;
  readonly rlsForced?: boolean;
  getPolicies?(): readonly TablePolicy[];
  getPartitioning?(): { readonly definition: string; readonly partitions: readonly Partition[] } | undefined;
}

export interface TablePolicy {
  readonly name: string;
  readonly command: Policy['command'];
  readonly type: 'permissive' | 'restrictive';
  readonly roles: readonly string[];
  readonly using?: string;
  readonly check?: string;
}

export interface Partition {
  readonly name: string;
  readonly schema?: string;
  readonly bound: string;
}

/** Of version 7. */
export interface DatabaseView {
  readonly name: string;
  readonly schema: string;
  readonly definition: string;
  readonly materialized?: boolean;
  readonly withData?: boolean;
  readonly indexes?: readonly TableIndex[];
}

export interface NativeEnum {
  readonly name: string;
  readonly schema?: string;
  readonly items: readonly string[];
}

export interface DatabaseSchema {
  getTables(): readonly DatabaseTable[];
  getNativeEnums(): Readonly<Record<string, NativeEnum>>;
  getViews?(): readonly DatabaseView[];
}

export interface Platform {
  getDefaultSchemaName(): string | undefined;
  supportsNativeEnums?(): boolean;
  /** Of version 7: the statement that makes the index. */
  getSchemaHelper(): { getCreateIndexSQL(table: string, index: TableIndex): string };
  quoteIdentifier(name: string): string;
  /** One object a type of column. */
  getMappedType(type: string): unknown;
  getJsonIndexDefinition(index: TableIndex): readonly string[];
  getFullTextIndexExpression(
    name: string,
    schema: string,
    table: string,
    columns: readonly { readonly name: string; readonly type: string }[],
  ): string;
  getDefaultPrimaryName(table: string, columns: readonly string[]): string;
}

export interface Config {
  get(key: 'schema'): string | undefined;
  get(key: 'schemaGenerator'): { readonly createForeignKeyConstraints?: boolean };
  getDriver(): { getPlatform(): Platform; readonly constructor: { readonly name: string } };
}

export interface MikroOrm {
  readonly config: Config;
  readonly schema: { getTargetSchema(schema?: string, withWildcard?: boolean): DatabaseSchema };
  getMetadata(): {
    getAll(): Readonly<Record<string, EntityMetadata>> | ReadonlyMap<unknown, EntityMetadata>;
  };
}

export function entitiesOf(orm: MikroOrm): readonly EntityMetadata[] {
  const all = orm.getMetadata().getAll();
  return all instanceof Map ? [...all.values()] : Object.values(all);
}

export interface Orm {
  readonly core: {
    readonly MikroORM: { init(options: object): Promise<MikroOrm> };
    readonly EntitySchema: abstract new (...given: never) => { readonly meta: EntityMetadata };
    readonly MetadataStorage: { readonly PATH_SYMBOL: symbol };
    readonly Utils: { getORMVersion(): string };
  };
  readonly PostgreSqlDriver: unknown;
}

const orm = '@mikro-orm/postgresql';
const supported = '>=6 <8';

/** Throws ShipshapeError (`orm-not-found`, `orm-not-supported`). */
export async function loadOrm(from: string, importBeside: ImportBeside): Promise<Orm> {
  const postgresql = (await importBeside(orm)) as Orm['core'] & Pick<Orm, 'PostgreSqlDriver'>;
  if (postgresql === null) throw new ShipshapeError([makeFinding('orm-not-found', { orm, from, supported })]);
  const version = postgresql.Utils.getORMVersion();
  if (!/^[67]\./.test(version))
    throw new ShipshapeError([makeFinding('orm-not-supported', { orm, version, supported })]);
  return { core: postgresql, PostgreSqlDriver: postgresql.PostgreSqlDriver };
}

/** Our own peer: what opens a configuration that was handed over live. */
export const importPeer: ImportBeside = async () => {
  try {
    return await import('@mikro-orm/postgresql');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
};

/** A MikroORM that was initialised, of whichever copy of the package. */
export function isOrm(value: unknown): value is MikroOrm {
  return typeof value === 'object' && value !== null && 'getMetadata' in value && 'config' in value;
}
