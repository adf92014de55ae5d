// The tenant of the embedded database, so that the service can be tried without an account.

import { eq, sql } from 'drizzle-orm';
import { DEMO_NUMBER } from '../config.ts';
import type { Db } from '../db/client.ts';
import { business, businessNumber, businessSettings } from '../db/schema.ts';

/** Makes the demo business unless some business has its number already; gives that business. Safe to run from several processes. */
export async function ensureDemoBusiness(db: Db): Promise<number> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended('demo business', 0))`);
    const [known] = await tx
      .select({ id: businessNumber.businessId })
      .from(businessNumber)
      .where(eq(businessNumber.number, DEMO_NUMBER));
    if (known !== undefined) return known.id;
    const [made] = await tx.insert(business).values({ name: 'Demo business' }).returning({ id: business.id });
    const businessId = made!.id;
    await tx.insert(businessNumber).values({ businessId, number: DEMO_NUMBER });
    await tx.insert(businessSettings).values({ businessId, timezone: 'Asia/Jerusalem' });
    return businessId;
  });
}
