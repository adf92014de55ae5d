import { integer, pgTable, timestamp } from 'drizzle-orm/pg-core';

export const apiKey = pgTable('apikey', {
  id: integer('id').primaryKey(),
  lastUsed: timestamp('lastUsed', { withTimezone: true }),
});
export const apiKeys = pgTable('ApiKey', { id: integer('id').primaryKey() });
