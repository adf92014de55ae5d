CREATE TABLE calls (id bigint PRIMARY KEY, sid text, mode text, tags text[]);
CREATE INDEX by_sid ON calls (sid text_pattern_ops, id DESC) INCLUDE (mode) WHERE sid IS NOT NULL;
CREATE INDEX by_tag ON calls USING gin (tags);
CREATE UNIQUE INDEX folded ON calls (lower(sid));
CREATE MATERIALIZED VIEW modes AS SELECT mode, count(*) FROM calls GROUP BY mode;
CREATE UNIQUE INDEX mode_once ON modes (mode);
CREATE TABLE empty_calls (sid text);
CREATE INDEX by_empty_sid ON empty_calls (sid);
