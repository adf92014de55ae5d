import { sql } from 'drizzle-orm';
import { integer, jsonb, numeric, pgTable, serial, text, timestamp, varchar } from 'drizzle-orm/pg-core';

export const things = pgTable('things', {
  id: serial('id').primaryKey(),
  settings: jsonb('settings').notNull().default(sql`'{}'::jsonb`),
  options: jsonb('options').notNull().default({}),
  tags: text('tags').array().notNull().default(sql`ARRAY[]::text[]`),
  scores: integer('scores').array().notNull().default([]),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().default(sql`CURRENT_TIMESTAMP`),
  amount: numeric('amount', { precision: 10, scale: 2 }).notNull().default('0.00'),
  code: varchar('code', { length: 8 }).notNull().default('x'),
});
