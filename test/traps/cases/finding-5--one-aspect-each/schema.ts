import { index, integer, jsonb, pgEnum, pgTable, text } from 'drizzle-orm/pg-core';

export const status = pgEnum('status', ['draft', 'live', 'archived']);
export const colour = pgEnum('colour', ['red', 'blue']);

export const pages = pgTable(
  'pages',
  {
    id: integer('id').primaryKey(),
    status: status('status').notNull().default('draft'),
    colour: colour('colour').notNull(),
    layout: jsonb('layout'),
    subtitle: text('subtitle'),
    summary: text('summary').notNull(),
    rank: integer('rank').notNull(),
    visits: integer('visits').notNull().default(0),
    slug: text('slug').notNull().unique(),
    kept: integer('kept'),
  },
  (table) => [index('pages_rank').on(table.rank)],
);
