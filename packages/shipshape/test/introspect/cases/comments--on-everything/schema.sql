CREATE SCHEMA shop;
COMMENT ON SCHEMA shop IS 'what is sold';
CREATE TABLE shop.things (
  id integer CONSTRAINT things_id PRIMARY KEY, name text CONSTRAINT named CHECK (name <> ''), up integer CONSTRAINT over REFERENCES shop.things,
  CONSTRAINT once UNIQUE (name)
);
COMMENT ON TABLE shop.things IS 'it''s a "table"
of two lines';
COMMENT ON COLUMN shop.things.name IS 'by which it is known';
COMMENT ON CONSTRAINT things_id ON shop.things IS 'the key';
COMMENT ON CONSTRAINT named ON shop.things IS 'the check';
COMMENT ON CONSTRAINT over ON shop.things IS 'the foreign key';
COMMENT ON CONSTRAINT once ON shop.things IS 'the unique key';
CREATE INDEX by_up ON shop.things (up);
COMMENT ON INDEX shop.by_up IS 'the index';
-- The index of a key is the key.
COMMENT ON INDEX shop.once IS 'not told';
CREATE VIEW shop.seen AS SELECT id FROM shop.things;
COMMENT ON VIEW shop.seen IS 'the view';
COMMENT ON COLUMN shop.seen.id IS 'the column of a view';
CREATE SEQUENCE shop.numbers;
COMMENT ON SEQUENCE shop.numbers IS 'the sequence';
CREATE TYPE shop.mood AS ENUM ('calm');
COMMENT ON TYPE shop.mood IS 'the enum';
CREATE DOMAIN shop.positive AS integer CONSTRAINT p CHECK (VALUE > 0);
COMMENT ON DOMAIN shop.positive IS 'the domain';
CREATE TYPE shop.span AS RANGE (subtype = integer);
COMMENT ON TYPE shop.span IS 'the range';
CREATE FUNCTION shop.f(integer) RETURNS integer LANGUAGE sql AS 'SELECT $1';
COMMENT ON FUNCTION shop.f IS 'the function';
ALTER TABLE shop.things ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_of_it ON shop.things;
COMMENT ON POLICY all_of_it ON shop.things IS 'the policy';
CREATE EXTENSION pg_trgm SCHEMA shop;
COMMENT ON EXTENSION pg_trgm IS 'not told: every extension brings one';
COMMENT ON SCHEMA public IS 'not the standard one';
