-- from PostgreSQL 18
CREATE TABLE big (id integer PRIMARY KEY);
CREATE TABLE copied (
  id integer CONSTRAINT loosely REFERENCES big NOT ENFORCED,
  n integer CONSTRAINT hopefully CHECK (n > 0) NOT ENFORCED
);
