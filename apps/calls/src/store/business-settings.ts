// What a tenant has chosen.

import { eq } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { businessSettings } from '../db/schema.ts';

/** Whether the tenant's calls are recorded; not unless it says so. */
export async function readRecordsCalls(db: Db, businessId: number): Promise<boolean> {
  const [row] = await db
    .select({ recordCalls: businessSettings.recordCalls })
    .from(businessSettings)
    .where(eq(businessSettings.businessId, businessId));
  return row?.recordCalls ?? false;
}
