import { integer, pgTable, text, varchar } from 'drizzle-orm/pg-core';

export const notes = pgTable('notes', {
  id: integer('id').primaryKey(),
  title: varchar('title').notNull(),
  body: text('body').notNull(),
});
