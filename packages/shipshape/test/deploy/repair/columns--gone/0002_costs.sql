ALTER TABLE calls
  ADD COLUMN mode varchar(32),
  ADD COLUMN retries integer NOT NULL DEFAULT 0 CHECK (retries >= 0),
  ADD COLUMN mood mood DEFAULT 'calm';
CREATE INDEX calls_by_mode ON calls (mode, id DESC) WHERE mode IS NOT NULL;
COMMENT ON COLUMN calls.mode IS 'how it was recorded';
