CREATE SCHEMA tools;
CREATE EXTENSION hstore SCHEMA tools;
CREATE EXTENSION pg_trgm;
CREATE TABLE kept (pairs tools.hstore DEFAULT 'a=>1', name text);
CREATE INDEX alike ON kept USING gin (name gin_trgm_ops, pairs);
CREATE INDEX near ON kept USING gist (name gist_trgm_ops (siglen = 32));
