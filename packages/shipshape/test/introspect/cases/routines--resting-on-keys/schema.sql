-- GROUP BY a primary key and ON CONFLICT rest on the key: bodies and views that have them come after it.
CREATE TABLE visit (id integer PRIMARY KEY, page text NOT NULL, seen integer NOT NULL DEFAULT 1);
CREATE UNIQUE INDEX visit_page ON visit (page);
CREATE FUNCTION pages() RETURNS SETOF text LANGUAGE sql BEGIN ATOMIC SELECT page FROM visit GROUP BY id; END;
CREATE FUNCTION visited(which text) RETURNS void LANGUAGE sql BEGIN ATOMIC
  INSERT INTO visit (id, page) VALUES (1, which) ON CONFLICT (page) DO UPDATE SET seen = visit.seen + 1;
END;
CREATE VIEW latest AS SELECT id, page, count(*) AS number FROM visit GROUP BY id;
-- A key over an expression that calls a function is not what the function waits for.
CREATE FUNCTION folded(value text) RETURNS text LANGUAGE sql IMMUTABLE BEGIN ATOMIC SELECT lower(value); END;
CREATE UNIQUE INDEX visit_folded ON visit (folded(page));
