CREATE TABLE events (at date NOT NULL, kind text CHECK (kind <> ''), size integer NOT NULL, n integer DEFAULT 1) PARTITION BY RANGE (at);
CREATE TABLE events_2026 PARTITION OF events FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE events_2027 PARTITION OF events FOR VALUES FROM ('2027-01-01') TO ('2028-01-01');
CREATE INDEX by_kind ON events (kind);
ALTER TABLE events ADD CONSTRAINT events_key UNIQUE (at, size);
