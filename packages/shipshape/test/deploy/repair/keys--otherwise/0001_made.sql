CREATE TABLE calls (id bigint PRIMARY KEY, sid text, CONSTRAINT once UNIQUE (sid) DEFERRABLE);
