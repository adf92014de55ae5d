// Query: who and where the server is; and, until the transaction ends, how it prints.

export interface ServerRow {
  readonly version: string;
  readonly database: string;
  readonly user: string;
  /** A list as JSON: drivers differ in how they read name[]. */
  readonly path: string;
  /** Which transactions were over. */
  readonly snapshot: string;
}

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
  SELECT here.*,
         pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true),
         pg_catalog.set_config('TimeZone', 'UTC', true),
         pg_catalog.set_config('DateStyle', 'ISO, YMD', true),
         pg_catalog.set_config('IntervalStyle', 'postgres', true),
         pg_catalog.set_config('extra_float_digits', '1', true),
         pg_catalog.set_config('bytea_output', 'hex', true),
         pg_catalog.set_config('lc_monetary', 'C', true),
         pg_catalog.set_config('quote_all_identifiers', 'off', true),
         pg_catalog.set_config('standard_conforming_strings', 'on', true),
         pg_catalog.set_config('jit', 'off', true),
         pg_catalog.set_config('work_mem', '64MB', true)
    FROM here`;
