-- A table needs no columns.
CREATE TABLE nothing ();
CREATE TABLE dropped (a integer);
ALTER TABLE dropped DROP COLUMN a;
