DROP VIEW dear_calls;
DROP FUNCTION dear(calls);
CREATE OR REPLACE VIEW all_calls AS SELECT sid FROM calls WHERE cost > 0;
CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
DROP TRIGGER touched ON calls;
DROP POLICY all_of_them ON calls;
ALTER TABLE calls DISABLE ROW LEVEL SECURITY;
ALTER SEQUENCE numbers INCREMENT 1;
-- The query of a materialized view cannot be changed in place.
DROP MATERIALIZED VIEW costs;
CREATE MATERIALIZED VIEW costs AS SELECT avg(cost) AS cost FROM calls;
