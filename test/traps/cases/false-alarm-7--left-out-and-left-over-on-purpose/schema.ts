import { index, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

export const authors = pgTable('authors', { id: integer('id').primaryKey(), name: text('name').notNull() });

export const works = pgTable(
  'works',
  {
    id: integer('id').primaryKey(),
    authorId: integer('author_id')
      .notNull()
      .references(() => authors.id),
    isbn: text('isbn'),
    deletedAt: timestamp('deleted_at', { withTimezone: true }),
  },
  (table) => [index('works_author').on(table.authorId)],
);
