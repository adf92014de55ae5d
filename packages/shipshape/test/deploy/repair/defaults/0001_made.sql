CREATE TABLE calls (id bigint PRIMARY KEY, retries integer DEFAULT 3, state text DEFAULT 'new', note text);
