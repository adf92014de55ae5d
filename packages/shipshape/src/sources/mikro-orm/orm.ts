// The app's own MikroORM, and the part of its schema generator that holds what entities declare.
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
  readonly embeddable?: boolean;
  readonly root: EntityMetadata;
  readonly props: readonly Property[];
  readonly properties: Readonly<Record<string, Property>>;
}

/** `DatabaseTable` and its parts, of @mikro-orm/knex 6. */
export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly mappedType: unknown;
  readonly generated?: string;
  readonly autoincrement?: boolean;
  readonly nullable?: boolean;
  readonly default?: string | null;
  readonly nativeEnumName?: string;
  readonly enumItems?: readonly unknown[];
  readonly comment?: string;
}

export interface TableIndex {
  readonly keyName: string;
  readonly columnNames: readonly string[];
  readonly unique: boolean;
  readonly primary: boolean;
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
}

export interface NativeEnum {
  readonly name: string;
  readonly schema?: string;
  readonly items: readonly string[];
}

export interface DatabaseSchema {
  getTables(): readonly DatabaseTable[];
  getNativeEnums(): Readonly<Record<string, NativeEnum>>;
}

export interface Platform {
  getDefaultSchemaName(): string | undefined;
  supportsNativeEnums?(): boolean;
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
  readonly schema: { getTargetSchema(schema?: string): DatabaseSchema };
  getMetadata(): { getAll(): Readonly<Record<string, EntityMetadata>> };
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
const supported = '>=6 <7';

/** Throws ShipshapeError (`orm-not-found`, `orm-not-supported`). */
export async function loadOrm(from: string, importBeside: ImportBeside): Promise<Orm> {
  const postgresql = (await importBeside(orm)) as Orm['core'] & Pick<Orm, 'PostgreSqlDriver'>;
  if (postgresql === null) throw new ShipshapeError([makeFinding('orm-not-found', { orm, from, supported })]);
  const version = postgresql.Utils.getORMVersion();
  if (!version.startsWith('6.'))
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
