// The app's own Sequelize, and the part of its models that holds what they declare.
import type { ModelStatic, Sequelize as SequelizeInstance } from 'sequelize';
import { makeFinding, ShipshapeError } from '../../report/index.ts';

/** Imports a package from where the models lie; null when it is not installed there. */
export type ImportBeside = (specifier: string) => Promise<unknown>;

export type Sequelize = SequelizeInstance;

export interface Attribute {
  readonly type: unknown;
  readonly field?: string;
  readonly allowNull?: boolean;
  readonly primaryKey?: boolean;
  readonly autoIncrement?: boolean;
  readonly autoIncrementIdentity?: boolean;
  readonly unique?: unknown;
  readonly comment?: string;
  readonly values?: readonly string[];
  readonly defaultValue?: unknown;
  readonly references?: {
    readonly model: string | { readonly tableName: string; readonly schema?: string };
    readonly key?: string;
    readonly deferrable?: { toString(): string };
  };
  readonly onDelete?: string;
  readonly onUpdate?: string;
}

export interface UniqueKeys {
  readonly [name: string]: { readonly fields: readonly string[]; readonly customIndex?: boolean };
}

export type IndexField =
  | string
  | {
      readonly name?: string;
      readonly attribute?: string;
      readonly order?: string;
      readonly collate?: string;
      readonly operator?: string;
    };

export interface IndexOptions {
  readonly name: string;
  readonly fields: readonly IndexField[];
  readonly unique?: boolean;
  readonly using?: string;
  readonly operator?: string;
  readonly where?: object;
}

export interface Association {
  readonly associationType: string;
  readonly source: Model;
  readonly target: Model;
  readonly as: string;
  readonly foreignKey: string;
  /** Of `belongsToMany`. */
  readonly otherKey?: string;
  readonly through?: { readonly model: Model };
}

/** What `Model.sync` of Sequelize 6 reads from a model. */
export type Model = Omit<ModelStatic<never>, 'options' | 'associations'> & {
  readonly name: string;
  readonly sequelize: Sequelize;
  /** Without virtual attributes. */
  readonly tableAttributes: Readonly<Record<string, Attribute>>;
  readonly uniqueKeys: UniqueKeys;
  readonly _indexes: readonly IndexOptions[];
  readonly _timestampAttributes: Readonly<Record<string, string>>;
  readonly associations: Readonly<Record<string, Association>>;
  readonly options: { readonly comment?: unknown; readonly uniqueKeys?: UniqueKeys };
};

/** Its part of the dialect that writes DDL. */
export interface QueryGenerator {
  escape(value: unknown, attribute?: Attribute): string;
  quoteIdentifier(name: string): string;
  whereQuery(where: object): string;
  handleSequelizeMethod(method: unknown): string;
}

const orm = 'sequelize';
const supported = '>=6 <7';

/** A Sequelize, of whichever copy of the package. */
export function isSequelize(value: unknown): value is Sequelize {
  return hasAll(value, 'modelManager', 'getDialect', 'getQueryInterface');
}

/** A model of Sequelize, initialised or not. */
export function isModel(value: unknown): value is Model {
  return typeof value === 'function' && hasAll(value, 'getTableName', 'refreshAttributes');
}

function hasAll(value: unknown, ...members: readonly string[]): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  return members.every((member) => member in value);
}

export function modelsOf(sequelize: Sequelize): readonly Model[] {
  return Object.values(sequelize.models) as unknown as readonly Model[];
}

export function generatorOf(model: Model): QueryGenerator {
  return model.sequelize.getQueryInterface().queryGenerator as QueryGenerator;
}

export interface Orm {
  readonly Sequelize: typeof import('sequelize').Sequelize;
  readonly DataTypes: typeof import('sequelize').DataTypes;
}

/** Throws ShipshapeError (`orm-not-found`, `orm-not-supported`). */
export async function loadOrm(from: string, importBeside: ImportBeside): Promise<Orm> {
  const found = withMembers(await importBeside(orm)) as Orm | null;
  if (found === null) throw new ShipshapeError([makeFinding('orm-not-found', { orm, from, supported })]);
  assertSupported(found.Sequelize);
  return found;
}

/** sequelize-typescript's own Sequelize, which knows what decorated classes say; null where it is not installed. */
export async function loadDecorated(importBeside: ImportBeside): Promise<Orm['Sequelize'] | null> {
  const found = withMembers(await importBeside('sequelize-typescript')) as Orm | null;
  return found?.Sequelize ?? null;
}

/** Of a package that is CommonJS, whatever imported it. */
function withMembers(module: unknown): unknown {
  if (typeof module !== 'object' || module === null || 'Sequelize' in module) return module;
  return 'default' in module ? module.default : module;
}

/** Throws ShipshapeError (`orm-not-supported`). */
export function assertSupported(maker: unknown): void {
  const { version = 'of another major' } = maker as { version?: string };
  if (version.startsWith('6.')) return;
  throw new ShipshapeError([makeFinding('orm-not-supported', { orm, version, supported })]);
}

/** Our own peers: what reads models that were handed over live. Each import is spelled out for bundlers to see. */
export const importPeer: ImportBeside = async (specifier) => {
  try {
    return specifier === orm ? await import('sequelize') : await import('sequelize-typescript');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null;
    throw error;
  }
};
