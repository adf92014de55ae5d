--- declared
CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE TABLE t (
  longer varchar(32), whole integer, exact numeric(10,2), at timestamptz, day date, doc jsonb, mood mood,
  id uuid, done boolean, list text[], code text, short varchar(8)
);
--- migration 0050_baseline applied
CREATE TYPE mood AS ENUM ('ok', 'sad');
CREATE TABLE t (
  longer varchar(32), whole integer, exact numeric(10,2), at timestamptz, day date, doc jsonb, mood mood,
  id uuid, done boolean, list text[], code text, short varchar(8)
);
--- by hand
CREATE TYPE other AS ENUM ('ok', 'sad');
DROP TABLE t;
CREATE TABLE t (
  longer varchar(16), whole text, exact double precision, at timestamp, day timestamp, doc json, mood other,
  id text, done text, list text, code mood, short text
);
INSERT INTO t VALUES ('x', '7', 1.5, '2026-01-02 03:04', '2026-01-02', '{"a": 1}', 'sad',
  'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', 'true', '{a,b}', 'ok', 'x');
