-- NOT NULL said in every way there is: all are the column's nullability.
CREATE TABLE nulls (
  plain text,
  bare text NOT NULL,
  named text CONSTRAINT named_is_there NOT NULL,
  later text,
  key integer PRIMARY KEY
);
ALTER TABLE nulls ALTER COLUMN later SET NOT NULL;
ALTER TABLE nulls ADD COLUMN gone text NOT NULL;
ALTER TABLE nulls DROP COLUMN gone;
