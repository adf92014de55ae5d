// What modules export of a database: tables, enums, schemas, views, sequences, policies.
import type {
  PgEnum,
  PgMaterializedView,
  PgPolicy,
  PgSchema,
  PgSequence,
  PgTable,
  PgView,
} from 'drizzle-orm/pg-core';
import type { Orm } from './orm.ts';

export interface ExportedModule {
  /** Absolute path, or null when the module was handed over live. */
  readonly file: string | null;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Where a value was found: `['users']`, or `['default', 'users']` in the object that is the default export. */
export interface Found<Value> {
  readonly value: Value;
  readonly file: string | null;
  readonly path: readonly string[];
}

export interface Exported {
  readonly tables: readonly Found<PgTable>[];
  readonly enums: readonly Found<PgEnum<[string, ...string[]]>>[];
  readonly schemas: readonly Found<PgSchema>[];
  readonly views: readonly Found<PgView | PgMaterializedView>[];
  readonly sequences: readonly Found<PgSequence>[];
  /** Those that are linked to a table that is declared elsewhere. */
  readonly policies: readonly Found<PgPolicy>[];
  /** Names of exports that are tables of another dialect. */
  readonly foreign: readonly string[];
}

/**
 * What a module exports by name is read, as drizzle itself does, and what its default export holds (CommonJS). A value
 * exported twice is one. Aliases of tables and views, relations and roles are none of the database's things.
 */
export function findExported({ core, pg }: Orm, modules: readonly ExportedModule[]): Exported {
  const tables = new Map<unknown, Found<PgTable>>();
  const enums = new Map<unknown, Found<PgEnum<[string, ...string[]]>>>();
  const schemas = new Map<unknown, Found<PgSchema>>();
  const views = new Map<unknown, Found<PgView | PgMaterializedView>>();
  const sequences = new Map<unknown, Found<PgSequence>>();
  const policies = new Map<unknown, Found<PgPolicy>>();
  const foreign: string[] = [];
  const keep = <Value>(kept: Map<unknown, Found<Value>>, found: Found<Value>) => {
    if (!kept.has(found.value)) kept.set(found.value, found);
  };
  for (const { file, exports } of modules) {
    for (const [path, value] of valuesOf(exports)) {
      // drizzle's `is` stumbles over objects without a prototype: `export * as auth from './auth'`.
      if (value === null || value === undefined || Object.getPrototypeOf(value) === null) continue;
      // Tables first: nearly all are, and drizzle's `is` goes through all classes of what is none.
      if (core.is(value, pg.PgTable)) {
        if (!isAlias(value)) keep(tables, { value, file, path });
      } else if (pg.isPgEnum(value)) keep(enums, { value, file, path });
      else if (pg.isPgSchema(value)) keep(schemas, { value, file, path });
      else if (pg.isPgSequence(value)) keep(sequences, { value, file, path });
      else if (core.is(value, pg.PgPolicy)) keep(policies, { value, file, path });
      else if (pg.isPgView(value) || pg.isPgMaterializedView(value)) keep(views, { value, file, path });
      else if (core.is(value, core.Table)) foreign.push(path.join('.'));
    }
  }
  return {
    tables: [...tables.values()],
    enums: [...enums.values()],
    schemas: [...schemas.values()],
    views: [...views.values()],
    sequences: [...sequences.values()],
    policies: [...policies.values()].filter(({ value }) => linkedTable(value) !== undefined),
    foreign,
  };
}

/** Exports by name before the members of the default export: their names are better known. */
function valuesOf(
  exports: Readonly<Record<string, unknown>>,
): readonly (readonly [readonly string[], unknown])[] {
  const named = Object.entries(exports).map(([name, value]) => [[name], value] as const);
  const whole = exports.default;
  if (typeof whole !== 'object' || whole === null || !isPlain(whole)) return named;
  const inner = Object.entries(whole).map(([name, value]) => [['default', name], value] as const);
  return [...named, ...inner];
}

function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** The table of `pgPolicy(…).link(table)`. */
export function linkedTable(policy: PgPolicy): PgTable | undefined {
  return (policy as unknown as { readonly _linkedTable?: PgTable })._linkedTable;
}

/** `alias(users, 'parent')` is a second name inside queries, not a second table. */
function isAlias(table: PgTable): boolean {
  return (table as unknown as Record<symbol, unknown>)[Symbol.for('drizzle:IsAlias')] === true;
}
