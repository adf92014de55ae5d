import { integer, jsonb, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const articles = pgTable('articles', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  tags: jsonb('tags'),
  deletedAt: timestamp('deleted_at', { withTimezone: true }),
});
