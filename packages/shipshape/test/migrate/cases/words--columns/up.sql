-- The nine of the story in one statement.
ALTER TABLE call_log
  ADD COLUMN IF NOT EXISTS recording_mode varchar(32),
  ADD COLUMN stream_started_at timestamp,
  ADD COLUMN stream_duration_sec double precision,
  ADD COLUMN stream_connect_count integer default 0;
ALTER TABLE call_log
  ADD mood public.mood NOT NULL DEFAULT 'sad',
  ADD tags text[] DEFAULT '{}'::text[],
  ADD matrix int[][],
  ADD price numeric(10,2) CHECK (price > 0),
  ADD made timestamp(3) with time zone DEFAULT now(),
  ADD seen date DEFAULT CURRENT_DATE,
  ADD ok bool DEFAULT true,
  ADD ratio real DEFAULT -1.5,
  ADD quoted text DEFAULT 'it''s',
  ADD computed integer DEFAULT 1 + 1,
  ADD pause interval day to second(3),
  ADD flag bit(3),
  ADD letter char,
  ADD serial_no bigint GENERATED ALWAYS AS IDENTITY,
  ADD doubled integer GENERATED ALWAYS AS (total * 2) STORED,
  ADD owner bigint REFERENCES lead (id);
ALTER TABLE call_log ALTER COLUMN duration TYPE bigint, ALTER status SET DEFAULT 'made', ALTER note SET DEFAULT upper('x'), ALTER status DROP DEFAULT, ALTER duration SET NOT NULL;
ALTER TABLE call_log ALTER duration DROP NOT NULL, DROP COLUMN note;
ALTER TABLE call_log ALTER COLUMN serial_no DROP IDENTITY, ALTER doubled DROP EXPRESSION;
ALTER TABLE call_log ADD CONSTRAINT call_log_pkey PRIMARY KEY (id), ADD CONSTRAINT call_log_code_key UNIQUE USING INDEX call_log_code, ADD UNIQUE (status, total);
ALTER TABLE call_log ADD CONSTRAINT call_lead FOREIGN KEY (lead_id) REFERENCES lead (id) NOT VALID, ADD CONSTRAINT positive CHECK (total > 0) NOT VALID;
ALTER TABLE call_log VALIDATE CONSTRAINT positive, DROP CONSTRAINT old_check;
ALTER TABLE event ATTACH PARTITION event_2026 FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
ALTER TABLE event DETACH PARTITION event_2026;
ALTER TABLE call_log ENABLE ROW LEVEL SECURITY, ALTER total SET STATISTICS 200;
ALTER TABLE "Odd Name" RENAME COLUMN "select" TO "from";
ALTER TABLE "Odd Name" ADD "Year" integer;
ALTER TABLE lead RENAME TO prospect;
ALTER TABLE prospect SET SCHEMA billing;
ALTER TABLE billing.prospect RENAME CONSTRAINT lead_pkey TO prospect_pkey;
