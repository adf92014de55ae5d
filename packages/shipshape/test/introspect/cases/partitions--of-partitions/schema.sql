CREATE TABLE events (id bigint NOT NULL, kind text NOT NULL, at timestamptz NOT NULL, PRIMARY KEY (id, kind, at))
  PARTITION BY LIST (kind);
CREATE TABLE events_calls PARTITION OF events FOR VALUES IN ('call', 'recall') PARTITION BY RANGE (at);
CREATE TABLE events_calls_2026 PARTITION OF events_calls
  FOR VALUES FROM ('2026-01-01 00:00+00') TO ('2027-01-01 00:00+00');
CREATE TABLE events_rest PARTITION OF events DEFAULT;
CREATE TABLE spread (id integer) PARTITION BY HASH (id, (id % 3));
CREATE TABLE spread_0 PARTITION OF spread FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE INDEX events_at ON events (at);
