-- Every number, with and without precision.
CREATE TABLE measure (
  small smallint,
  whole integer,
  big bigint,
  exact numeric,
  price numeric(12, 2),
  rounded numeric(3),
  single real,
  double double precision,
  amount money,
  flag boolean
);
