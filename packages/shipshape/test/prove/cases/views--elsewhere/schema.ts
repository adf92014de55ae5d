// What the code of this case declares: views whose queries are elsewhere.
import { integer, pgMaterializedView, pgTable, pgView, text } from 'drizzle-orm/pg-core';

export const purchase = pgTable('purchase', { id: integer('id').primaryKey() });
export const missing = pgView('missing', { id: integer('id'), note: text('a note') }).existing();
export const stored = pgMaterializedView('stored', { id: integer('id') }).existing();
export const narrow = pgView('narrow', { id: integer('id'), note: text('note') }).existing();
export const there = pgView('there', { id: integer('id') }).existing();
