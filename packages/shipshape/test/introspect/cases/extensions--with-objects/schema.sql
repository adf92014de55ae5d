-- An extension is told; what is its own is not.
CREATE SCHEMA ext;
CREATE EXTENSION citext SCHEMA ext;
CREATE EXTENSION pg_trgm;
CREATE TABLE users (id integer PRIMARY KEY, email ext.citext NOT NULL);
CREATE INDEX users_email ON users USING gin ((email::text) gin_trgm_ops);
