CREATE TABLE author (id integer PRIMARY KEY, name text NOT NULL);
CREATE TABLE book (id integer PRIMARY KEY, author_id integer NOT NULL REFERENCES author);
CREATE VIEW books_of AS SELECT a.*, count(b.id) AS books FROM author a LEFT JOIN book b ON b.author_id = a.id GROUP BY a.id;
CREATE MATERIALIZED VIEW most AS SELECT a.id, a.name, max(b.id) AS last FROM author a JOIN book b ON b.author_id = a.id GROUP BY a.id;
CREATE FUNCTION most_read() RETURNS SETOF books_of LANGUAGE sql BEGIN ATOMIC SELECT * FROM books_of ORDER BY books DESC; END;
