CREATE EXTENSION pg_trgm;
CREATE TABLE articles (
  id integer PRIMARY KEY,
  title text NOT NULL,
  body text NOT NULL,
  tags jsonb,
  deleted_at timestamptz,
  CONSTRAINT articles_title_check CHECK (length(title) > 0)
);
ALTER TABLE articles ADD COLUMN search tsvector GENERATED ALWAYS AS (to_tsvector('english', body)) STORED;
CREATE INDEX articles_tags ON articles USING gin (tags);
CREATE INDEX articles_title_trgm ON articles USING gin (title gin_trgm_ops);
CREATE INDEX articles_live ON articles (id) WHERE deleted_at IS NULL;
CREATE INDEX articles_lower ON articles (lower(title));
CREATE INDEX articles_newest ON articles (deleted_at DESC NULLS LAST);
CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.body := trim(NEW.body); RETURN NEW; END $$;
CREATE TRIGGER articles_touch BEFORE INSERT OR UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION touch();
CREATE MATERIALIZED VIEW article_counts AS SELECT count(*) AS n FROM articles;
CREATE VIEW live_articles AS SELECT id, title FROM articles WHERE deleted_at IS NULL;
COMMENT ON TABLE articles IS 'What is read';
