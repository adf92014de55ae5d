// Query: who and where the server is; and the settings under which every server prints and plans alike.
import { quoteLiteral } from '../../catalog/index.ts';

export interface ServerRow {
  readonly version: string;
  readonly database: string;
  readonly user: string;
  /** A list as JSON: drivers differ in how they read name[]. */
  readonly path: string;
  /** Which transactions were over. */
  readonly snapshot: string;
}

/** The search path is the one that the connection really has: asked for before `alike` replaces it. */
export const server = `
  SELECT pg_catalog.current_setting('server_version_num') AS version,
         pg_catalog.current_database() AS database,
         current_user AS user,
         pg_catalog.to_json(pg_catalog.current_schemas(false))::text AS path,
         pg_catalog.pg_current_snapshot()::text AS snapshot`;

/** Of pg_attribute, in bytes: with eighty tables or so. */
const smallCatalogue = 768 * 1024;

/** Until the transaction ends. */
const withoutHashes = `pg_catalog.set_config('enable_hashjoin',
           CASE WHEN pg_catalog.pg_relation_size('pg_catalog.pg_attribute') < ${smallCatalogue} THEN 'off'
                ELSE pg_catalog.current_setting('enable_hashjoin') END, true)`;

/**
 * The same, for what a need asks: of a small catalogue a fresh session plans that longer than it reads it, and ways that would
 * not pay need not be weighed. A whole reading joins what an extension may have made by the thousand.
 */
export const serverForNeed = `${server}, ${withoutHashes} AS joins`;

/** As SQL's SET has them: a list where the setting is one (manual 19.11). */
const settings: Readonly<Record<string, readonly string[]>> = {
  search_path: ['pg_catalog', 'pg_temp'],
  TimeZone: ['UTC'],
  DateStyle: ['ISO', 'YMD'],
  IntervalStyle: ['postgres'],
  extra_float_digits: ['1'],
  bytea_output: ['hex'],
  lc_monetary: ['C'],
  quote_all_identifiers: ['off'],
  standard_conforming_strings: ['on'],
  jit: ['off'],
  work_mem: ['64MB'],
  // A fresh session plans longer than it reads a small schema, and ways that are never taken need not be weighed.
  enable_mergejoin: ['off'],
  max_parallel_workers_per_gather: ['0'],
};

/**
 * Until the transaction ends. Expressions and types are printed as the session's settings say (TimeZone in a timestamptz
 * constant, search_path in every name): two servers can only be compared under the same ones. One SELECT of set_config
 * takes three times as long, since it is planned.
 */
export const alike = Object.entries(settings)
  .map(([name, values]) => `SET LOCAL ${name} = ${values.map(quoteLiteral).join(', ')}`)
  .join('; ');

/** The same as one SELECT, with other settings besides; to be prepared, and planned once. */
export const selectAlike = (others: Readonly<Record<string, string>>): string => {
  const all = [
    ...Object.entries(settings),
    ...Object.entries(others).map(([name, value]) => [name, [value]] as const),
  ];
  return `SELECT ${all
    .map(
      ([name, values]) =>
        `pg_catalog.set_config(${quoteLiteral(name)}, ${quoteLiteral(values.join(', '))}, true)`,
    )
    .join(', ')}`;
};
