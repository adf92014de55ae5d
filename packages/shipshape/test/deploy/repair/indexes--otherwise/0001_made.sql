CREATE TABLE calls (id bigint PRIMARY KEY, sid text, mode text);
CREATE INDEX by_sid ON calls (sid) WHERE sid IS NOT NULL;
CREATE INDEX by_mode ON calls (mode);
