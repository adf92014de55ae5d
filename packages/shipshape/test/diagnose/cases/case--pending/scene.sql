--- declared
CREATE TYPE bucket AS ENUM ('LOW', 'MED', 'HIGH');
CREATE TABLE call_log (
  id integer PRIMARY KEY,
  call_sid text NOT NULL UNIQUE,
  recording_mode varchar(32),
  retries integer NOT NULL DEFAULT 0,
  bucket bucket
);
CREATE TABLE call_stream (id integer PRIMARY KEY, sid text UNIQUE);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY, call_sid varchar(16), retries integer);
--- migration 0051_metrics
ALTER TABLE call_log ADD COLUMN recording_mode varchar(32), ALTER COLUMN call_sid TYPE text;
CREATE TYPE bucket AS ENUM ('LOW', 'HIGH');
ALTER TABLE call_log ADD COLUMN bucket bucket;
CREATE TABLE call_stream (id integer PRIMARY KEY, sid text UNIQUE);
--- migration 0052_keys
ALTER TYPE bucket ADD VALUE 'MED';
ALTER TABLE call_log ALTER COLUMN call_sid SET NOT NULL, ADD UNIQUE (call_sid);
ALTER TABLE call_log ALTER COLUMN retries SET DEFAULT 0, ALTER COLUMN retries SET NOT NULL;
