CREATE UNLOGGED TABLE scribbles (id serial PRIMARY KEY, text text);
CREATE TABLE kept (id integer);
CREATE UNLOGGED TABLE was_kept (id integer);
ALTER TABLE was_kept SET LOGGED;
