-- from PostgreSQL 18
CREATE TABLE computed (
  a integer,
  kept integer GENERATED ALWAYS AS (a + 1) STORED,
  seen integer GENERATED ALWAYS AS (a + 2) VIRTUAL
);
