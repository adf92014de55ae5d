import { index, integer, pgTable, text, vector } from 'drizzle-orm/pg-core';

export const passages = pgTable(
  'passages',
  {
    id: integer('id').primaryKey(),
    body: text('body').notNull(),
    embedding: vector('embedding', { dimensions: 1536 }),
  },
  (table) => [index('passages_embedding').using('hnsw', table.embedding.op('vector_cosine_ops'))],
);
