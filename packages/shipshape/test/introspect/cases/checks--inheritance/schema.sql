CREATE TABLE shapes (
  area integer,
  CONSTRAINT everywhere CHECK (area > 0),
  CONSTRAINT here_only CHECK (area < 100) NO INHERIT
);
CREATE TABLE circles (radius integer) INHERITS (shapes);
