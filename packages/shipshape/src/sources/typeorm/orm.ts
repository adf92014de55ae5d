// The app's own TypeORM, and the parts of it that hold what its entities declare.
import type { DataSource, DataSourceOptions, EntityMetadata, Table, TableColumn } from 'typeorm';
import { makeFinding, ShipshapeError } from '../../report/index.ts';

/** Imports a package from where the models lie; null when it is not installed there. */
export type ImportBeside = (specifier: string) => Promise<unknown>;

export interface Orm {
  readonly DataSource: new (options: DataSourceOptions) => DataSource;
  readonly Table: { create(metadata: EntityMetadata, driver: unknown): Table };
  readonly EntitySchema: new (...given: never) => object;
  getMetadataArgsStorage(): { readonly tables: readonly { readonly target: unknown }[] };
}

/** What of the driver says how PostgreSQL would be told. */
export interface Driver {
  readonly uuidGenerator: string;
  createFullType(column: TableColumn): string;
}

const orm = 'typeorm';
const supported = '>=0.3 <2';

/** Throws ShipshapeError (`orm-not-found`, `orm-not-supported`). */
export async function loadOrm(from: string, importBeside: ImportBeside): Promise<Orm> {
  const found = await findOrm(importBeside);
  if (found === null) throw new ShipshapeError([makeFinding('orm-not-found', { orm, from, supported })]);
  if (typeof found.DataSource !== 'function')
    throw new ShipshapeError([makeFinding('orm-not-supported', { orm, version: 'before 0.3', supported })]);
  return found;
}

/** Null when it is not installed there. */
export async function findOrm(importBeside: ImportBeside): Promise<Orm | null> {
  return withMembers(await importBeside(orm)) as Orm | null;
}

/** Of a package that is CommonJS, whatever imported it. */
function withMembers(module: unknown): unknown {
  if (typeof module !== 'object' || module === null || 'DataSource' in module) return module;
  return 'default' in module ? module.default : module;
}

/** A DataSource, of whichever copy of the package. */
export function isDataSource(value: unknown): value is DataSource {
  return hasAll(value, 'buildMetadatas', 'driver', 'options');
}

/** An EntitySchema, of whichever copy of the package. */
export function isEntitySchema(value: unknown): boolean {
  return typeof value === 'object' &&
    value !== null &&
    (value as Record<symbol, unknown>)[Symbol.for('@instanceof')] === 'EntitySchema'
    ? true
    : hasAll(value, 'options') && (value as object).constructor?.name === 'EntitySchema';
}

function hasAll(value: unknown, ...members: readonly string[]): boolean {
  return typeof value === 'object' && value !== null && members.every((member) => member in value);
}

/**
 * Reads what decorators and schemas say, as `initialize()` does once it is connected; one that is connected has read it.
 * Entities that are active records keep the data source they have.
 */
export async function buildMetadatas(orm: Orm, source: DataSource): Promise<readonly EntityMetadata[]> {
  if (source.isInitialized) return source.entityMetadatas;
  const decorated = orm.getMetadataArgsStorage().tables.map(({ target }) => target);
  const told = Object.values(source.options.entities ?? {}) as readonly unknown[];
  const records = [...decorated, ...told.map(targetOf)].flatMap((target) =>
    isActiveRecord(target) ? [{ target, own: target.dataSource }] : [],
  );
  try {
    await (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  } finally {
    for (const { target, own } of records) target.useDataSource(own);
  }
  return source.entityMetadatas;
}

interface ActiveRecord {
  readonly dataSource: unknown;
  useDataSource(source: unknown): void;
}

/** The class that an entity schema describes, or the entity itself. */
function targetOf(entity: unknown): unknown {
  return isEntitySchema(entity) ? (entity as { options: { target?: unknown } }).options.target : entity;
}

function isActiveRecord(target: unknown): target is ActiveRecord {
  return typeof target === 'function' && 'useDataSource' in target;
}

/** The class of a data source, of whichever copy of the package, behind classes of the app. */
export function classOf(source: DataSource): Orm['DataSource'] {
  let prototype: object = Object.getPrototypeOf(source);
  while (!Object.hasOwn(prototype, 'buildMetadatas')) prototype = Object.getPrototypeOf(prototype);
  return prototype.constructor as Orm['DataSource'];
}

/** Our own peer: what reads entities that were handed over live. Each import is spelled out for bundlers to see. */
export const importPeer: ImportBeside = async () => {
  try {
    return await import('typeorm');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
};
