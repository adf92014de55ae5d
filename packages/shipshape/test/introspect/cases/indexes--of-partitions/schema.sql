-- One that is made ONLY on the table is not valid until each partition has its own.
CREATE TABLE events (at date NOT NULL, kind text) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE INDEX by_kind ON events (kind);
CREATE INDEX by_time ON ONLY events (at);
CREATE UNIQUE INDEX once ON events (at, kind);
