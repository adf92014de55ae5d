CREATE TABLE searched (tags text[], body jsonb, words tsvector, stay int4range, at timestamptz, name text);
CREATE INDEX by_tag ON searched USING gin (tags);
CREATE INDEX by_body ON searched USING gin (body jsonb_path_ops);
CREATE INDEX by_word ON searched USING gist (words);
CREATE INDEX by_stay ON searched USING gist (stay);
CREATE INDEX by_time ON searched USING brin (at);
CREATE INDEX by_hash ON searched USING hash (name);
CREATE INDEX by_prefix ON searched (name text_pattern_ops, at DESC);
CREATE INDEX by_lower_prefix ON searched (lower(name) varchar_pattern_ops DESC NULLS LAST);
