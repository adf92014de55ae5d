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
  const found = withMembers(await importBeside(orm)) as Orm | null;
  if (found === null) throw new ShipshapeError([makeFinding('orm-not-found', { orm, from, supported })]);
  if (typeof found.DataSource !== 'function')
    throw new ShipshapeError([makeFinding('orm-not-supported', { orm, version: 'before 0.3', supported })]);
  return found;
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

/** Reads what decorators and schemas say; nothing is connected. It is what `initialize()` does first after connecting. */
export async function buildMetadatas(source: DataSource): Promise<readonly EntityMetadata[]> {
  await (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  return source.entityMetadatas;
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
