-- from PostgreSQL 15
CREATE TABLE people (id integer);
CREATE VIEW invoked WITH (security_invoker = true) AS SELECT id FROM people;
