-- Types and functions that models name and have no words for; some bodies need tables that no model declares.
CREATE SCHEMA kinds;
CREATE EXTENSION citext;
CREATE EXTENSION hstore SCHEMA kinds;
CREATE TYPE kinds.mood AS ENUM ('a','b');
CREATE DOMAIN kinds.mail AS text CHECK (value LIKE '%@%');
CREATE TYPE kinds.point3 AS (x int, y int, z int);
CREATE TYPE kinds.floats AS RANGE (subtype = float8);
CREATE FUNCTION kinds.code() RETURNS text LANGUAGE sql AS $$ SELECT 'x' $$;
CREATE FUNCTION kinds.fine(text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$ SELECT $1 <> '' $$;
CREATE TABLE other (id int primary key, m kinds.mood);
CREATE FUNCTION kinds.newest() RETURNS int LANGUAGE sql STABLE BEGIN ATOMIC SELECT max(id) FROM other; END;
CREATE TABLE t (id int PRIMARY KEY, m kinds.mood NOT NULL DEFAULT 'a', mail kinds.mail, p kinds.point3, r kinds.floats, mr kinds.floats_multirange, c citext, h kinds.hstore, code text DEFAULT kinds.code(), n int DEFAULT kinds.newest(), ms kinds.mail[], CONSTRAINT t_fine CHECK (kinds.fine(code)));
CREATE INDEX t_fine_code ON t (kinds.fine(code));
CREATE FUNCTION kinds.own(t) RETURNS text LANGUAGE sql IMMUTABLE AS $$ SELECT $1.code $$;
CREATE FUNCTION kinds.with_default(a int, b int DEFAULT 2) RETURNS int LANGUAGE sql STABLE BEGIN ATOMIC SELECT max(id) + a FROM other; END;
ALTER TABLE t ADD COLUMN d int DEFAULT kinds.with_default(1);
