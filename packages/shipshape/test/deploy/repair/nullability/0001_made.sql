CREATE TABLE calls (id bigint PRIMARY KEY, sid text NOT NULL, note text);
CREATE TABLE empty_calls (sid text NOT NULL);
