CREATE TABLE calls (id bigint PRIMARY KEY, sid text, mode text, seconds integer);
CREATE INDEX by_sid ON calls (sid);
