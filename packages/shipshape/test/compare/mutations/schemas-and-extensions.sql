CREATE SCHEMA app;
CREATE SCHEMA tools;
CREATE EXTENSION hstore SCHEMA app;
CREATE TYPE app.mood AS ENUM ('calm');
CREATE TABLE app.t (a integer PRIMARY KEY, b serial, m app.mood);
CREATE VIEW app.v AS SELECT a FROM app.t;
COMMENT ON SCHEMA app IS 'of the app';
GRANT USAGE ON SCHEMA app TO pg_monitor;
CREATE EXTENSION pg_trgm VERSION '1.5';

--- drop a schema
DROP SCHEMA tools;
--> schema tools missing

--- drop a schema with what is in it
DROP SCHEMA app CASCADE;
--> extension hstore missing
--> schema app missing

--- create a schema
CREATE SCHEMA more;
--> schema more unexpected

--- drop an extension
DROP EXTENSION hstore;
--> extension hstore missing

--- create an extension
CREATE EXTENSION citext;
--> extension citext unexpected

--- move an extension
ALTER EXTENSION hstore SET SCHEMA tools;
--> extension hstore schema: app / tools

--- update an extension
ALTER EXTENSION pg_trgm UPDATE TO '1.6';
--> extension pg_trgm version: 1.5 / 1.6
