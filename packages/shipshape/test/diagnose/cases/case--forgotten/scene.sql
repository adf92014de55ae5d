--- declared
CREATE TYPE bucket AS ENUM ('LOW', 'MED', 'HIGH');
CREATE TABLE call_log (
  id integer PRIMARY KEY,
  call_sid text NOT NULL,
  "recordingMode" varchar(32),
  tenant integer NOT NULL,
  retries integer NOT NULL DEFAULT 0,
  bucket bucket,
  UNIQUE (call_sid)
);
CREATE TABLE call_stream (id integer PRIMARY KEY, sid text NOT NULL UNIQUE, mode bucket NOT NULL DEFAULT 'LOW');
--- migration 0050_baseline applied
CREATE TYPE bucket AS ENUM ('LOW', 'HIGH');
CREATE TABLE call_log (
  id integer PRIMARY KEY,
  call_sid varchar(16),
  recording_mode varchar(32),
  retries integer,
  bucket bucket
);
