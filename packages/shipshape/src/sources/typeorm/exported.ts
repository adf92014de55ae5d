// The data sources and entities that modules export.
import type { DataSource, DataSourceOptions } from 'typeorm';
import { isDataSource, isEntitySchema, type Orm } from './orm.ts';

export interface ExportedModule {
  /** Absolute path, or null when the module was handed over live. */
  readonly file: string | null;
  readonly exports: Readonly<Record<string, unknown>>;
}

export interface Exported {
  readonly sources: readonly DataSource[];
  /** Decorated classes and entity schemas. */
  readonly entities: readonly unknown[];
  /** Names of all that is neither. */
  readonly others: readonly string[];
}

/**
 * What modules export by name, and what their default export is or holds: data sources, options of one, entities. A
 * promise is awaited. Where there is none of these, functions that take nothing are called: the default export, and those
 * whose name says what they give (`createDataSource`).
 */
export async function findExported(orm: Orm, modules: readonly ExportedModule[]): Promise<Exported> {
  const sources = new Set<DataSource>();
  const entities = new Set<unknown>();
  const others: string[] = [];
  const decorated = new Set(orm.getMetadataArgsStorage().tables.map(({ target }) => target));
  const look = (name: string, value: unknown): void => {
    if (isDataSource(value)) sources.add(value);
    else if (decorated.has(value) || isEntitySchema(value)) entities.add(value);
    else if (isOptions(value)) sources.add(new orm.DataSource(withoutFiles(value)));
    else if (Array.isArray(value)) for (const each of value) look(name, each);
    else others.push(name);
  };
  for (const { exports } of modules)
    for (const [name, value] of Object.entries(exports)) look(name, await value);
  if (sources.size === 0 && entities.size === 0)
    for (const { exports } of modules)
      for (const [name, value] of Object.entries(exports))
        if (isFactory(name, value)) look(name, await value());
  return { sources: [...sources], entities: [...entities], others };
}

/** What `TypeOrmModule.forRoot()` and `new DataSource()` take. */
function isOptions(value: unknown): value is DataSourceOptions {
  return typeof value === 'object' && value !== null && 'type' in value && 'entities' in value;
}

function isFactory(name: string, value: unknown): value is () => unknown {
  const gives = name === 'default' || /source|connection|orm|database|config|options/i.test(name);
  return gives && typeof value === 'function' && value.length === 0 && !/^class\b/.test(String(value));
}

/** Migrations and subscribers are files that TypeORM would load by itself, and no models. */
export function withoutFiles({
  subscribers: _subscribers,
  migrations: _migrations,
  ...options
}: DataSourceOptions): DataSourceOptions {
  return options as DataSourceOptions;
}
