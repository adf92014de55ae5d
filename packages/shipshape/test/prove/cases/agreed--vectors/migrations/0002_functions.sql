CREATE FUNCTION match_chunks(query vector(1536), count integer) RETURNS SETOF chunk
  LANGUAGE sql STABLE AS $$ SELECT * FROM chunk ORDER BY embedding <=> query LIMIT count $$;
CREATE INDEX chunk_half ON chunk USING hnsw ((embedding::halfvec(1536)) halfvec_l2_ops);
INSERT INTO chunk (content, embedding) VALUES ('zero', array_fill(0, ARRAY[1536])::vector);
CREATE VIEW neighbours AS SELECT a.id, b.id AS other, a.embedding <-> b.embedding AS distance FROM chunk a JOIN chunk b ON a.id < b.id;
