CREATE TABLE places (x integer, y integer, PRIMARY KEY (y, x));
CREATE TABLE marks (
  id integer PRIMARY KEY, x integer, y integer, up integer REFERENCES marks,
  CONSTRAINT on_place FOREIGN KEY (x, y) REFERENCES places (x, y) MATCH FULL ON DELETE SET NULL
);
