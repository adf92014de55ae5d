// The keys of our advisory locks. PostgreSQL keeps them apart by database (manual 13.3.5).

/** "ship" in ASCII. */
const family = 0x73686970;

/** Held by a runner's session from before its first migration to the end: who has it knows that no other runner's session lives. */
export const sessionKey: readonly [number, number] = [family, 1];

/** Held for the moment in which the schema is made. */
export const bootstrapKey: readonly [number, number] = [family, 2];
