CREATE TABLE calls (id bigint PRIMARY KEY, sid text NOT NULL, note text DEFAULT '-');
