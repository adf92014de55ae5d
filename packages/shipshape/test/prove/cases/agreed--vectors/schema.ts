import { bigint, halfvec, index, pgTable, sparsevec, text, vector } from 'drizzle-orm/pg-core';

export const chunk = pgTable(
  'chunk',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    content: text('content').notNull(),
    embedding: vector('embedding', { dimensions: 1536 }).notNull(),
    short: halfvec('short', { dimensions: 64 }),
    words: sparsevec('words', { dimensions: 1000 }),
  },
  (table) => [
    index('chunk_near')
      .using('hnsw', table.embedding.op('vector_cosine_ops'))
      .with({ m: 16, ef_construction: 64 }),
  ],
);
