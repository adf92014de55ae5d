CREATE TABLE people (id integer PRIMARY KEY, name text, hidden boolean);
CREATE VIEW guarded WITH (security_barrier) AS SELECT id FROM people WHERE NOT hidden;
CREATE VIEW checked AS SELECT id, hidden FROM people WHERE NOT hidden WITH LOCAL CHECK OPTION;
CREATE VIEW both_of_them WITH (security_barrier = false) AS SELECT id FROM checked WHERE id > 0 WITH CASCADED CHECK OPTION;
