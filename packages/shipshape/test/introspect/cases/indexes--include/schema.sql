CREATE TABLE covered (id bigint, a text, "B" text, c jsonb);
CREATE UNIQUE INDEX one_covered ON covered (id) INCLUDE (a, "B");
