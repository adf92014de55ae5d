-- A default that calls a function which takes rows of the same table: neither can come first whole.
CREATE TABLE part (id integer NOT NULL, weight numeric);
CREATE FUNCTION heaviness(one part) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT one.weight * 2';
ALTER TABLE part ADD COLUMN usual numeric DEFAULT heaviness(NULL::part);
ALTER TABLE part ADD CONSTRAINT heavy CHECK (heaviness(part) > 0);
