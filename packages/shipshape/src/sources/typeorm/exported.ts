// The data sources and entities that modules export.
import type { DataSource } from 'typeorm';
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
 * What modules export by name, and what their default export is or holds. A promise is awaited; where no data source is
 * exported, a default export that is a plain function is called for one.
 */
export async function findExported(orm: Orm, modules: readonly ExportedModule[]): Promise<Exported> {
  const sources = new Set<DataSource>();
  const entities = new Set<unknown>();
  const others: string[] = [];
  const decorated = new Set(orm.getMetadataArgsStorage().tables.map(({ target }) => target));
  const look = (name: string, value: unknown): void => {
    if (isDataSource(value)) sources.add(value);
    else if (decorated.has(value) || isEntitySchema(value)) entities.add(value);
    else if (Array.isArray(value)) for (const each of value) look(name, each);
    else others.push(name);
  };
  for (const { exports } of modules)
    for (const [name, value] of Object.entries(exports)) look(name, await value);
  if (sources.size === 0 && entities.size === 0)
    for (const { exports } of modules) {
      const { default: made } = exports;
      if (typeof made === 'function' && made.length === 0 && !/^class\b/.test(String(made)))
        look('default', await made());
    }
  return { sources: [...sources], entities: [...entities], others };
}
