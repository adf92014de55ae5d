// The configurations, instances and entities that modules export.
import { isOrm, type MikroOrm, type Orm } from './orm.ts';

export interface ExportedModule {
  /** Absolute path, or null when the value was handed over live. */
  readonly file: string | null;
  readonly exports: unknown;
}

export type Options = Readonly<Record<string, unknown>>;

export interface Exported {
  readonly orms: readonly MikroOrm[];
  /** Options of MikroORM, one a database. */
  readonly configs: readonly Options[];
  /** Classes and schemas that are exported without a configuration. */
  readonly entities: readonly unknown[];
  /** Names of exports that are none of these. */
  readonly others: readonly string[];
}

/**
 * A default export may be a promise, an array (one configuration a context), or a function that makes one, as MikroORM's
 * own command line takes it. Other exports are read as they are; no other function is called.
 */
export async function findExported(
  modules: readonly ExportedModule[],
  core: Orm['core'] | null,
): Promise<Exported> {
  const orms = new Set<MikroOrm>();
  const configs = new Set<Options>();
  const entities = new Set<unknown>();
  const others: string[] = [];
  for (const { file, exports } of modules)
    for (const [name, value] of valuesOf(exports)) await sort(name, value, file === null);
  return { orms: [...orms], configs: [...configs], entities: [...entities], others };

  async function sort(name: string, given: unknown, live: boolean): Promise<void> {
    const value = await given;
    if (isOrm(value)) orms.add(value);
    else if (core !== null && isEntity(value, core)) entities.add(value);
    else if (Array.isArray(value)) for (const each of value) await sort(name, each, live);
    else if (isOptions(value)) configs.add(value);
    else if (hasGetAll(value)) configs.add(value.getAll());
    else if ((name === 'default' || live) && isFunction(value)) await sort('', await value('default'), live);
    else others.push(name);
  }
}

/** Live values come as they are; CommonJS may export a function or an array. */
function valuesOf(exports: unknown): readonly (readonly [string, unknown])[] {
  if (typeof exports !== 'object' || exports === null || Array.isArray(exports) || isOrm(exports))
    return [['default', exports]];
  if (isOptions(exports) || hasGetAll(exports)) return [['default', exports]];
  return Object.entries(exports);
}

/** A class with decorators, or what EntitySchema and `defineEntity` make. */
function isEntity(value: unknown, { EntitySchema, MetadataStorage }: Orm['core']): boolean {
  if (value instanceof EntitySchema) return true;
  return typeof value === 'function' && Object.hasOwn(value, MetadataStorage.PATH_SYMBOL);
}

const known = ['entities', 'entitiesTs', 'dbName', 'clientUrl', 'driver', 'driverOptions'];

function isOptions(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && known.some((key) => Object.hasOwn(value, key));
}

/** The class Configuration. */
function hasGetAll(value: unknown): value is { getAll(): Options } {
  return typeof value === 'object' && value !== null && 'getAll' in value;
}

function isFunction(value: unknown): value is (context: string) => unknown {
  return typeof value === 'function' && !/^class\b/.test(Function.prototype.toString.call(value));
}
