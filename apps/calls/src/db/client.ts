// The pool and the Drizzle handle over it. Dates are UTC in both directions, whatever TZ the process has.

import { drizzle, type NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import pg from 'pg';
import * as schema from './schema.ts';

/** Anything that runs queries: the pool or a transaction. */
export type Db = PgDatabase<NodePgQueryResultHKT, typeof schema>;
/** A running transaction. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0];

export interface Database {
  readonly db: Db;
  readonly pool: pg.Pool;
  close(): Promise<void>;
}

// node-postgres would write a Date in the local zone, and PostgreSQL drops the offset when the column is a `timestamp`.
pg.defaults.parseInputDatesAsUTC = true;

/** Drizzle parses by itself; this serves queries sent to the pool directly. */
const utcTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === pg.types.builtins.TIMESTAMP && format !== 'binary') {
      return (text: string) => new Date(`${text.replace(' ', 'T')}Z`);
    }
    return pg.types.getTypeParser(oid, format);
  },
} as pg.CustomTypesConfig;

/**
 * Opens a bounded pool on `url`. Nothing is sent until the first query. No statement is prepared by name, so that an
 * `ALTER TABLE` of a running deploy cannot end in 0A000 (cached plan must not change result type).
 * `onBroken` hears of connections that break, idle or in use; without a listener Node would end the process.
 */
export function openDatabase(url: string, onBroken: (error: Error) => void): Database {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'calls',
    max: 10,
    // The provider waits 15 s for an answer: whatever takes longer, in the queue for a connection or after it, helps nobody.
    connectionTimeoutMillis: 7_000,
    statement_timeout: 7_000,
    idle_in_transaction_session_timeout: 30_000,
    types: utcTypes,
  });
  pool.on('error', onBroken);
  // A connection that breaks while it is in use says so twice: to its query, and as an event of its own.
  pool.on('connect', (client) => client.on('error', onBroken));
  return { db: drizzle(pool, { schema }), pool, close: () => pool.end() };
}
