-- The catalogue does not keep how many dimensions an array was declared with.
CREATE TYPE colour AS ENUM ('red', 'green');
CREATE TABLE lists (
  numbers integer[],
  grid integer[3][3],
  names character varying(20)[],
  colours colour[],
  amounts numeric(8, 2)[],
  seats int4range,
  weights numrange,
  stay tstzrange,
  days datemultirange
);
