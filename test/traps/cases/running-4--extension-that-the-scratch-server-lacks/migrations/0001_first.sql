CREATE EXTENSION vector;
CREATE TABLE passages (id integer PRIMARY KEY, body text NOT NULL, embedding vector(1536));
CREATE INDEX passages_embedding ON passages USING hnsw (embedding vector_cosine_ops);
CREATE INDEX passages_cells ON passages USING ivfflat (embedding vector_l2_ops) WITH (lists = 100);
