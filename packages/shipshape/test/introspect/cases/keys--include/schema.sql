CREATE TABLE carried (
  id integer, a integer, b text, c text,
  CONSTRAINT carried_id PRIMARY KEY (id) INCLUDE (b, a),
  CONSTRAINT carried_a UNIQUE (a, b) INCLUDE (c) DEFERRABLE
);
CREATE TABLE later (id integer PRIMARY KEY DEFERRABLE INITIALLY DEFERRED);
