// Query: who and where the server is; and, until the transaction ends, how it prints.
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

/** As SQL's SET has them: a list where the setting is one (manual 19.11). */
const printing: Readonly<Record<string, readonly string[]>> = {
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
};

const set = Object.entries(printing).map(
  ([name, values]) =>
    `pg_catalog.set_config(${quoteLiteral(name)}, ${quoteLiteral(values.join(', '))}, true)`,
);

/**
 * Expressions and types are printed as the session's settings say (TimeZone in a timestamptz constant, search_path in
 * every name): two servers can only be compared under the same ones. The search path that the connection really has
 * is asked for before it is replaced.
 */
export const server = `
  WITH here AS MATERIALIZED (
    SELECT pg_catalog.current_setting('server_version_num') AS version,
           pg_catalog.current_database() AS database,
           current_user AS user,
           pg_catalog.to_json(pg_catalog.current_schemas(false))::text AS path,
           pg_catalog.pg_current_snapshot()::text AS snapshot
  )
  SELECT here.*, ${set.join(', ')}
    FROM here`;

/** The same settings where nothing is asked: a third of the time, since nothing is planned. */
export const serverUnasked = Object.entries(printing)
  .map(([name, values]) => `SET LOCAL ${name} = ${values.map(quoteLiteral).join(', ')}`)
  .join('; ');
