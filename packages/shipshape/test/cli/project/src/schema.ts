// The models of a small phone service.
import { bigint, index, integer, pgTable, text, varchar } from 'drizzle-orm/pg-core';

export const business = pgTable('business', {
  id: integer('id').primaryKey(),
  name: text('name').notNull(),
});

export const callLog = pgTable(
  'call_log',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    businessId: integer('business_id')
      .notNull()
      .references(() => business.id, { onDelete: 'cascade' }),
    status: varchar('status', { length: 32 }).default('new'),
    recordingMode: varchar('recording_mode', { length: 32 }),
  },
  (table) => [index('call_log_business_idx').on(table.businessId, table.id)],
);
