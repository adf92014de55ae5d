CREATE SCHEMA app;
CREATE TABLE t (a integer CONSTRAINT positive CHECK (a > 0), b text);
COMMENT ON TABLE t IS 'a table';
CREATE VIEW v AS SELECT 1 AS one;
CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';
CREATE TYPE mood AS ENUM ('calm');
CREATE SEQUENCE s;
CREATE COLLATION german (provider = icu, locale = 'de');
GRANT SELECT, INSERT ON t TO pg_monitor;
COMMENT ON CONSTRAINT positive ON t IS 'above zero';

--- comment on a column
COMMENT ON COLUMN t.b IS 'it''s b';
--> comment on column public.t.b unexpected

--- comment on a column of a view
COMMENT ON COLUMN v.one IS 'always one';
--> comment on column public.v.one unexpected

--- comment otherwise
COMMENT ON TABLE t IS 'the table';
--> comment on table public.t text: a table / the table

--- take a comment back
COMMENT ON TABLE t IS NULL;
--> comment on table public.t missing

--- rename what is commented on
ALTER TABLE t RENAME CONSTRAINT positive TO above_zero;

--- give a table away
ALTER TABLE t OWNER TO pg_read_all_data;
--> owner of table public.t role: postgres / pg_read_all_data

--- give a schema away
ALTER SCHEMA app OWNER TO pg_monitor;
--> owner of schema app role: postgres / pg_monitor

--- give a view, a function, a type, a sequence and a collation away
ALTER VIEW v OWNER TO pg_monitor;
ALTER FUNCTION f OWNER TO pg_monitor;
ALTER TYPE mood OWNER TO pg_monitor;
ALTER SEQUENCE s OWNER TO pg_monitor;
ALTER COLLATION german OWNER TO pg_monitor;
--> owner of collation public.german role: postgres / pg_monitor
--> owner of enum public.mood role: postgres / pg_monitor
--> owner of routine public.f() role: postgres / pg_monitor
--> owner of sequence public.s role: postgres / pg_monitor
--> owner of view public.v role: postgres / pg_monitor

--- grant
GRANT SELECT ON v TO pg_monitor;
--> privilege of pg_monitor on view public.v unexpected

--- grant to everybody
GRANT USAGE ON SCHEMA app TO PUBLIC;
--> privilege of "PUBLIC" on schema app unexpected

--- grant on a column
GRANT UPDATE (b) ON t TO pg_monitor;
--> privilege of pg_monitor on table public.t rights: INSERT, SELECT / INSERT, SELECT, UPDATE (b)

--- let a right be passed on
GRANT SELECT ON t TO pg_monitor WITH GRANT OPTION;
--> privilege of pg_monitor on table public.t rights: INSERT, SELECT / INSERT, SELECT*

--- revoke one of several rights
REVOKE INSERT ON t FROM pg_monitor;
--> privilege of pg_monitor on table public.t rights: INSERT, SELECT / SELECT

--- revoke all rights
REVOKE ALL ON t FROM pg_monitor;
--> privilege of pg_monitor on table public.t missing

--- revoke what everybody has unasked
REVOKE EXECUTE ON FUNCTION f FROM PUBLIC;
--> privilege of "PUBLIC" on routine public.f() missing

--- grant on a sequence, a type and a function
GRANT USAGE ON SEQUENCE s TO pg_monitor;
GRANT USAGE ON TYPE mood TO pg_monitor;
GRANT EXECUTE ON FUNCTION f TO pg_monitor;
--> privilege of pg_monitor on enum public.mood unexpected
--> privilege of pg_monitor on routine public.f() unexpected
--> privilege of pg_monitor on sequence public.s unexpected
