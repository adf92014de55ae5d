-- from PostgreSQL 18
-- A NOT NULL that is not valid yet binds new rows already: the column is not null.
CREATE TABLE nulls (unchecked text);
ALTER TABLE nulls ADD CONSTRAINT unchecked_is_there NOT NULL unchecked NOT VALID;
