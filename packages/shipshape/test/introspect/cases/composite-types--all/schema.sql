CREATE TYPE place AS (street text, "house no" varchar(8), at point, code text COLLATE "C");
CREATE TYPE nothing AS ();
CREATE TYPE shrunk AS (a integer, b integer, c integer);
ALTER TYPE shrunk DROP ATTRIBUTE b;
CREATE TYPE street AS (name text, houses place[], first place);
CREATE TABLE houses (id integer, place place, others place[]);
COMMENT ON TYPE place IS 'where it is';
COMMENT ON COLUMN place.at IS 'by the door';
COMMENT ON COLUMN shrunk.c IS 'the last';
