--- declared
CREATE TABLE call_log (id integer PRIMARY KEY, recording_mode varchar(32), retries integer NOT NULL DEFAULT 0, sid text UNIQUE);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY, retries smallint NOT NULL DEFAULT 0, sid text);
--- by hand
ALTER TABLE call_log ADD COLUMN recording_mode varchar(32), ALTER COLUMN retries TYPE integer, ADD UNIQUE (sid);
