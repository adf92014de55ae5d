-- Serial columns of partitions draw from the sequence of their parent.
CREATE TABLE mark (id bigserial, kind integer NOT NULL,
  at date NOT NULL, PRIMARY KEY (id, kind, at)) PARTITION BY LIST (kind);
CREATE TABLE mark_1 PARTITION OF mark FOR VALUES IN (1) PARTITION BY RANGE (at);
CREATE TABLE mark_1_2026 PARTITION OF mark_1 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
CREATE TABLE mark_rest PARTITION OF mark DEFAULT;
