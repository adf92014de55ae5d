// Lets the webhooks of one call go one after another, also before the call has a row or a tenant.

import { sql } from 'drizzle-orm';
import type { Tx } from '../db/client.ts';

/**
 * Waits for every other transaction that holds one of these identifiers; held until the end of the transaction (PostgreSQL
 * manual 13.3.5, also behind a transaction pooler). A parent call comes before its child leg, always: two transactions that
 * took them in different orders would wait for each other.
 */
export async function lockCalls(tx: Tx, identifiers: readonly string[]): Promise<void> {
  for (const identifier of identifiers) {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`call ${identifier}`}, 0))`);
  }
}
