--- declared
CREATE TABLE call_log (id integer PRIMARY KEY, old_mode text, duration integer);
--- migration 0050_baseline applied
CREATE TABLE call_log (id integer PRIMARY KEY, old_mode text, duration integer);
CREATE INDEX by_duration ON call_log (duration);
--- ledger also 0052_newer
--- by hand
ALTER TABLE call_log DROP COLUMN old_mode;
ALTER TABLE call_log ADD COLUMN mode text;
DROP INDEX by_duration;
