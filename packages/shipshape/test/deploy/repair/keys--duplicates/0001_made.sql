CREATE TABLE calls (id bigint PRIMARY KEY, sid text CONSTRAINT once UNIQUE);
CREATE TABLE legs (id bigint PRIMARY KEY, sid text REFERENCES calls (sid));
CREATE UNIQUE INDEX folded ON calls (lower(sid)) WHERE sid <> '';
