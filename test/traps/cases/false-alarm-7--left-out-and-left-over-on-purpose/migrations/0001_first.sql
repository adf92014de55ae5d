CREATE TABLE authors (id integer PRIMARY KEY, name text NOT NULL);
-- No foreign key: writes to authors must not lock it.
CREATE TABLE works (
  id integer PRIMARY KEY,
  author_id integer NOT NULL,
  isbn text,
  retired_note text,
  retired_count integer NOT NULL DEFAULT 0,
  deleted_at timestamptz
);
CREATE INDEX works_author ON works (author_id) WHERE deleted_at IS NULL;
