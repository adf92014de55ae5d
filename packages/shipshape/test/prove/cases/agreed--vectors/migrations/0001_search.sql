CREATE EXTENSION IF NOT EXISTS vector;
CREATE TABLE chunk (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  content text NOT NULL,
  embedding vector(1536) NOT NULL,
  short halfvec(64),
  words sparsevec(1000)
);
CREATE INDEX chunk_near ON chunk USING hnsw (embedding vector_cosine_ops) WITH (m = 16, ef_construction = 64);
-- größer
CREATE INDEX chunk_cells ON chunk USING ivfflat (embedding vector_l2_ops)
  WITH (
    lists = 100
  ) WHERE content <> '';
