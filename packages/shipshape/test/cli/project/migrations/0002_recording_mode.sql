ALTER TABLE call_log ADD COLUMN IF NOT EXISTS recording_mode varchar(32);
CREATE INDEX call_log_business_idx ON call_log (business_id, id);
