--- declared
CREATE TYPE bucket AS ENUM ('NONE', 'LOW', 'HIGH');
CREATE TABLE call_log (
  id bigserial PRIMARY KEY,
  call_sid text NOT NULL,
  business_id integer NOT NULL,
  recording_mode varchar(32),
  retries integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  duration integer,
  bucket bucket,
  number integer GENERATED ALWAYS AS IDENTITY,
  UNIQUE (business_id, call_sid)
);
CREATE TABLE call_stream (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, sid text NOT NULL UNIQUE, call_id bigint);
--- migration 0050_baseline applied
CREATE TYPE bucket AS ENUM ('NONE', 'LOW', 'HIGH');
CREATE TABLE call_log (
  id bigserial PRIMARY KEY,
  call_sid text NOT NULL,
  business_id integer NOT NULL,
  retries integer NOT NULL DEFAULT 0,
  attempts integer NOT NULL DEFAULT 0,
  duration integer,
  bucket bucket,
  number integer GENERATED ALWAYS AS IDENTITY,
  UNIQUE (business_id, call_sid)
);
CREATE INDEX call_log_keyset ON call_log (business_id, id DESC) WHERE call_sid IS NOT NULL;
CREATE TABLE call_stream (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  sid text NOT NULL UNIQUE,
  call_id bigint REFERENCES call_log (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX call_stream_lower ON call_stream (lower(sid));
--- migration 0051_modes applied
ALTER TABLE call_log ADD COLUMN recording_mode varchar(32),
  ADD CONSTRAINT modes CHECK (recording_mode <> 'BAD');
--- by hand
ALTER TABLE call_log DROP COLUMN recording_mode;
ALTER TABLE call_log DROP COLUMN call_sid;
ALTER TABLE call_log ALTER COLUMN duration TYPE smallint;
ALTER TABLE call_log ALTER COLUMN retries DROP DEFAULT;
ALTER TABLE call_log ALTER COLUMN attempts DROP DEFAULT, ALTER COLUMN attempts DROP NOT NULL;
ALTER TABLE call_log ALTER COLUMN number DROP IDENTITY;
ALTER TABLE call_log ALTER COLUMN bucket TYPE text;
DROP TYPE bucket;
CREATE TYPE bucket AS ENUM ('LOW', 'HIGH');
ALTER TABLE call_log ALTER COLUMN bucket TYPE bucket USING bucket::bucket;
DROP TABLE call_stream;
