// API keys: only their SHA-256 is stored, so that reading the table gives nobody a key.

import { createHash } from 'node:crypto';
import { and, eq, isNull } from 'drizzle-orm';
import type { Db } from '../db/client.ts';
import { apiKey } from '../db/schema.ts';

export type ApiKeyRole = (typeof apiKey.$inferSelect)['role'];

export interface ApiCaller {
  readonly businessId: number;
  readonly role: ApiKeyRole;
}

/** Hexadecimal SHA-256. Keys are random, hence no salt and no slow hash. */
export function hashApiKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/** Null when no tenant, or more than one, has this key, or it was revoked. */
export async function readApiCaller(db: Db, key: string): Promise<ApiCaller | null> {
  const found = await db
    .select({ businessId: apiKey.businessId, role: apiKey.role })
    .from(apiKey)
    .where(and(eq(apiKey.keyHash, hashApiKey(key)), isNull(apiKey.revokedAt)));
  return found.length === 1 ? found[0]! : null;
}
