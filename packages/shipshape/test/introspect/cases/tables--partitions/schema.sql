CREATE TABLE measured (at timestamptz NOT NULL, place text, value numeric, CHECK (value > 0))
  PARTITION BY RANGE (at, lower(place) COLLATE "C" text_pattern_ops);
CREATE TABLE measured_2026 PARTITION OF measured
  FOR VALUES FROM ('2026-01-01 00:00+00', MINVALUE) TO ('2027-01-01 00:00+00', MAXVALUE)
  PARTITION BY LIST (place);
CREATE TABLE "measured North" PARTITION OF measured_2026 FOR VALUES IN ('it''s north', NULL);
CREATE TABLE measured_rest PARTITION OF measured_2026 DEFAULT;
CREATE SCHEMA attic;
CREATE TABLE attic.measured_old PARTITION OF measured FOR VALUES FROM (MINVALUE, MINVALUE) TO ('2026-01-01 00:00+00', MINVALUE);
CREATE TABLE spread (id integer) PARTITION BY HASH (id);
CREATE TABLE spread_0 PARTITION OF spread FOR VALUES WITH (modulus 2, remainder 0);
CREATE TABLE alone (id integer);
