CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE FUNCTION tone(mood) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT 'tone' $$;
CREATE TABLE calls (id bigint PRIMARY KEY, sid text NOT NULL);
