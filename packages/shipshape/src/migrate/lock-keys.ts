// The keys of our advisory locks. PostgreSQL keeps them apart by database (manual 13.3.5).
import { createHash } from 'node:crypto';

/** "ship" in ASCII. */
const family = 0x73686970;

/**
 * Held by a runner's session from before its first migration to the end: who has it knows that no other runner's session
 * lives in this scope. Scopes whose names hash alike wait for each other, and no more.
 */
export function sessionKeyOf(scope: string): readonly [number, number] {
  return [family, scope === '' ? 1 : hash(scope)];
}

/** Held for the moment in which the schema is made. */
export const bootstrapKey: readonly [number, number] = [family, 2];

/** From 3 to 2^31 - 1: advisory locks take signed integers, and 1 and 2 are taken. */
function hash(text: string): number {
  const bytes = createHash('sha256').update(text).digest();
  return 3 + (bytes.readUInt32BE(0) % (2 ** 31 - 4));
}
