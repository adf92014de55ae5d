// Asks the database whether it can still serve every column this release selects.

import { is } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import type { Db } from '../db/client.ts';
import * as schema from '../db/schema.ts';

/** Selects all declared columns of all tables and reads no row. Throws what PostgreSQL answers (42703, 42P01, 08006 …). */
export async function probeSchema(db: Db): Promise<void> {
  for (const table of Object.values(schema)) {
    if (is(table, PgTable)) await db.select().from(table).limit(0);
  }
}
