-- The view, the trigger and the reference of calls go with them; what is in the schema goes with that.
DROP TABLE people, teams CASCADE;
DROP SCHEMA audit CASCADE;
